"""scripts/nevaperf with fake cmake and ninja: when it builds, what it runs, how it fails."""

import os
import subprocess
import time
import unittest

from scratch import ScratchTree

PROGRAM = r'''#!/bin/bash
echo "cwd=$PWD"; for word; do echo "arg=$word"; done
[[ -z $EXIT ]] || exit $EXIT
'''


class NevaperfScript(ScratchTree):
    def setUp(self):
        super().setUp()
        self.environment["NEVAPERF_NO_SETUP"] = "1"
        self.write("CMakeLists.txt", "")
        self.write("core/base/a.cpp", "")
        self.write("program", PROGRAM)
        self.cache = self.root / "build/release/CMakeCache.txt"
        self.fake("cmake", 'echo "cmake $*" >>"$log"; mkdir -p build/release; touch build/release/build.ninja\n'
                           'echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt')
        self.fake("ninja", 'echo "ninja ${@: -1}" >>"$log"; cd "$2"; cp ../../program nevaperf; chmod +x nevaperf')

    def test_first_start_configures_builds_and_runs(self):
        result = self.run_script("nevaperf", "bench", "two words", "")
        self.assert_passes(result)
        self.assertEqual(result.stdout, f"cwd={self.scratch}\narg=bench\narg=two words\narg=\n")
        self.assertRegex(result.stderr, r"^building nevaperf \(first time: a few minutes\)\nbuilt in \d+ s\n$")
        self.assertEqual(self.logged(), ["cmake --preset release -DNEVAPERF_TESTS=OFF", "ninja nevaperf"])

    def test_nothing_changed_builds_nothing(self):
        self.run_script("nevaperf")
        before = self.logged()
        result = self.run_script("nevaperf")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(self.logged(), before)

    def test_changes_are_built(self):
        self.run_script("nevaperf")
        changes = [
            lambda: (self.root / "core/base/a.cpp").write_text("// changed"),
            lambda: self.write("runtime/port/new.cpp", ""),
            lambda: (self.root / "core/base/a.cpp").unlink(),
            lambda: self.write("scripts/cmake/NevaperfModule.cmake", ""),
            lambda: self.write(".git/logs/HEAD", "a commit"),
        ]
        for number, change in enumerate(changes, 1):
            time.sleep(0.02)  # file systems tell times apart by a few milliseconds
            change()
            self.assert_passes(self.run_script("nevaperf"))
            self.assertEqual(self.logged().count("ninja nevaperf"), 1 + number)

    def test_a_changed_test_builds_nothing(self):
        self.run_script("nevaperf")
        time.sleep(0.02)
        self.write("tests/core/a_test.cpp", "")
        self.run_script("nevaperf")
        self.assertEqual(self.logged().count("ninja nevaperf"), 1)

    def test_through_a_link_from_elsewhere(self):
        link = self.scratch / "link"
        link.symlink_to(self.root / "scripts/nevaperf")
        result = subprocess.run([link, "x"], cwd="/", env=self.environment, text=True, capture_output=True, check=False)
        self.assert_passes(result)
        self.assertEqual(result.stdout, "cwd=/\narg=x\n")

    def test_status_and_input_are_the_program_s(self):
        self.write("program", "#!/bin/bash\ncat\nexit 3\n")
        result = subprocess.run([self.root / "scripts/nevaperf"], input="given", env=self.environment, text=True,
                                capture_output=True, check=False)
        self.assertEqual((result.returncode, result.stdout), (3, "given"))

    def test_failed_build_shows_its_output_and_is_tried_again(self):
        self.run_script("nevaperf")
        time.sleep(0.02)
        self.write("core/base/a.cpp", "// changed")
        self.fake("ninja", 'echo "a.cpp:1: error: bad"; exit 1')
        for _ in range(2):
            result = self.run_script("nevaperf")
            self.assert_fault(result, "a.cpp:1: error: bad", status=2)
            self.assert_fault(result, f"error: the build in {self.root}/build/release failed", status=2)
            self.assertEqual(result.stdout, "")

    def test_failed_configuration(self):
        self.fake("cmake", 'echo "CMake Error: not found: fmt"; exit 1')
        result = self.run_script("nevaperf")
        self.assert_fault(result, "CMake Error: not found: fmt", status=2)
        self.assert_fault(result, "error: configuring build/release failed", status=2)

    def test_moved_tree_is_configured_afresh(self):
        self.run_script("nevaperf")
        self.cache.write_text("CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n")
        (self.root / "build/release/nevaperf").unlink()
        self.assert_passes(self.run_script("nevaperf"))
        self.assertIn("cmake --fresh --preset release -DNEVAPERF_TESTS=OFF", self.logged())

    def test_two_first_starts_build_once(self):
        self.fake("ninja", 'echo "ninja" >>"$log"; sleep 0.5; cd "$2"; cp ../../program nevaperf; chmod +x nevaperf')
        starts = [subprocess.Popen([self.root / "scripts/nevaperf"], env=self.environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(2)]
        for start in starts:
            self.assertTrue(start.communicate()[0].startswith("cwd="))
            self.assertEqual(start.returncode, 0)
        self.assertEqual(self.logged().count("ninja"), 1)

    def test_the_program_does_not_hold_the_lock(self):
        self.write("program", "#!/bin/bash\nflock -n '" + str(self.root / "build/.lock") + "' echo free\n")
        self.assertEqual(self.run_script("nevaperf").stdout, "free\n")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_tree_that_cannot_be_written(self):
        self.root.chmod(0o555)
        self.addCleanup(self.root.chmod, 0o755)
        self.assert_fault(self.run_script("nevaperf"), "error: cannot create", status=2)


if __name__ == "__main__":
    unittest.main()
