"""scripts/setup with fake package tools: what is installed, how, and how it fails."""

import unittest

from scratch import ScratchTree


class Setup(ScratchTree):
    def setUp(self):
        super().setUp()
        self.write("scripts/packages.txt", "# a comment\n\nbuild   g++   # compiler\nbuild cmake\ntest  catch2\ntest g++\n")
        self.installed("g++")
        self.fake("id", "echo 0")
        # Installing makes a package known to the fake dpkg-query.
        self.fake("apt-get", 'echo "apt-get $*" >>"$log"; [[ " $* " == *" install "* ]] || exit 0\n'
                             f'for word; do echo "$word installed" >>"{self.scratch}/installed"; done')

    def installed(self, *packages):
        (self.scratch / "installed").write_text("".join(f"{p} installed\n" for p in packages))
        self.fake("dpkg-query", f'cat "{self.scratch}/installed"')

    def installs(self):
        return [line.split("--no-install-recommends ")[1] for line in self.logged() if " install " in line]

    def test_nothing_to_do(self):
        self.installed("g++", "cmake")
        result = self.run_script("setup")
        self.assert_passes(result)
        self.assertEqual((result.stdout, result.stderr, self.logged()), ("", "", []))

    def test_installs_what_is_missing_and_says_so(self):
        result = self.run_script("setup", "build", "test")
        self.assert_passes(result)
        self.assertEqual(self.installs(), ["cmake catch2"])
        self.assertIn("installing 2 packages with apt: cmake catch2", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_removed_but_configured_is_missing(self):
        self.fake("dpkg-query", "echo 'g++ installed'; echo 'cmake config-files'")
        self.assertEqual(self.run_script("setup", "--missing").stdout, "cmake\n")

    def test_missing_prints_only(self):
        self.assertEqual(self.run_script("setup", "--missing", "test").stdout, "catch2\n")
        self.assertEqual(self.logged(), [])

    def test_refreshes_the_lists_once_if_the_installation_fails(self):
        self.fake("apt-get", f'echo "apt-get $*" >>"$log"\n[[ " $* " == *" install "* ]] || {{ touch "{self.scratch}/new"; exit 0; }}\n'
                             f'[[ -e "{self.scratch}/new" ]] || exit 100\necho "cmake installed" >>"{self.scratch}/installed"')
        self.assert_passes(self.run_script("setup"))
        self.assertEqual(self.logged()[-1].split()[-1], "cmake")
        self.assertEqual(sum(line.endswith(" update") for line in self.logged()), 1)

    def test_installation_fails(self):
        self.fake("apt-get", "echo 'E: no such mirror'; exit 100")
        result = self.run_script("setup")
        self.assert_fault(result, "E: no such mirror", status=2)
        self.assert_fault(result, "error: apt-get install cmake failed", status=2)

    def test_installation_claims_success(self):
        self.fake("apt-get", "exit 0")
        self.assert_fault(self.run_script("setup"), "error: apt-get ended well but these are still missing: cmake", status=2)

    def test_plain_user_with_sudo(self):
        self.fake("id", "echo 1000")
        self.fake("sudo", 'echo "sudo" >>"$log"; [[ $1 == -n ]] || exit 1; shift; exec "$@"')
        self.assert_passes(self.run_script("setup"))
        self.assertEqual(self.installs(), ["cmake"])
        self.assertIn("sudo", self.logged())

    def test_plain_user_without_sudo(self):
        self.fake("id", "echo 1000")
        self.only_these_tools()
        self.assert_fault(self.run_script("setup"),
                          "error: cannot install as a plain user without sudo: as root run 'apt-get install cmake'", status=2)

    def test_no_apt(self):
        (self.bin / "apt-get").unlink()
        self.only_these_tools()
        self.assert_fault(self.run_script("setup"), "error: this system has no apt: install what stands for g++ cmake", status=2)

    def test_switched_off(self):
        self.environment["NEVAPERF_NO_SETUP"] = "1"
        self.assert_passes(self.run_script("setup"))
        self.assertEqual(self.logged(), [])

    def test_unknown_group(self):
        self.assert_fault(self.run_script("setup", "buidl"), "error: no package group 'buidl'", status=2)

    def only_these_tools(self):
        """PATH with the fakes and the few plain tools that the script itself uses."""
        plain = self.scratch / "plain"
        plain.mkdir()
        for tool in ("bash", "env", "cat", "dirname", "readlink", "grep", "sed", "nproc"):
            (plain / tool).symlink_to(f"/usr/bin/{tool}")
        self.environment["PATH"] = f"{self.bin}:{plain}"


if __name__ == "__main__":
    unittest.main()
