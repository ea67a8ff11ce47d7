"""nevaperf profile KINDS TARGET from outside: what it says, what it leaves, and what it does with hard targets.

    NEVAPERF=PROGRAM profile_test.py
"""

import gzip
import json
import pathlib
import re
import subprocess
import sys
import unittest

from profile_tools import NEVAPERF, TOP, ProfileTools

PROGRAMS = TOP / "tests" / "programs"
# Uses that much CPU time, then says how much this process has used.
BURN = "import time\nwhile time.process_time() < {seconds}: sum(range(2000))\nprint(time.process_time(), flush=True)\n"


class Profile(ProfileTools):
    def run_profile(self, *words, status=0):
        done = subprocess.run(
            [NEVAPERF, "profile", *map(str, words)], cwd=self.place, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120, check=False,
        )
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def profile_json(self, *words):
        done = self.run_profile("--format", "json", "--dir", self.place / "state", *words)
        made = json.loads(done.stdout)
        self.assertEqual(made["schema"], "nevaperf.profile/1")
        return made, done.stderr

    def codes(self, kind):
        return [one["code"] for one in kind["warnings"]]

    def total(self, kind, name):
        return next(one["total"] for one in kind["types"] if one["type"] == name)

    def test_a_scenario_leaves_files_and_labels(self):
        made, _ = self.profile_json("cpu", "pipeline/8", "--time", "1.5", "--rate", "250")
        kind, = made["kinds"]
        self.assertEqual(kind["kind"], "cpu")
        total = self.total(kind, "cpu")
        self.assertGreater(total, 0.05e9)
        self.assertGreaterEqual(sum(one["value"] for one in kind["nodes"]), 0.99 * total)
        self.assertEqual({one["node"] for one in kind["nodes"]} - {"[scheduling]"}, {"producer", "stage", "consumer"})
        for file in kind["files"].values():
            self.assertGreater((self.place / file).stat().st_size, 100, file)
        self.assertEqual(len(list((self.place / made["folder"]).iterdir())), 4, "nothing else is left")
        proto = self.place / kind["files"]["pprof"]
        self.assertLessEqual(proto.stat().st_size, 100_000)
        self.assertTrue(gzip.decompress(proto.read_bytes()))
        notes = " ".join(kind["notes"])
        self.assertRegex(notes, r"rate: 250 Hz asked, \d+ samples a second of CPU time obtained")
        self.assertRegex(notes, r"overhead: [\d.]+% of the CPU time")
        self.assertRegex(notes, r"operations: \d+")
        shown = self.run_profile("show", proto).stdout
        self.assertIn("nevaperf::runtime::", shown)

    def test_own_frames_have_lines_and_totals_agree_with_go(self):
        go = self.tool("go", "golang-go")
        made, _ = self.profile_json("cpu", "struct_build_field", "--time", "1")
        kind, = made["kinds"]
        proto = self.place / kind["files"]["pprof"]
        raw = self.run_tool(go, "tool", "pprof", "-raw", proto)
        values = [int(one) for one in re.findall(r"^ +\d+ +(\d+):", raw, re.MULTILINE)]
        self.assertEqual(sum(values), self.total(kind, "cpu"))
        own = re.findall(r" nevaperf::\S.* (\S+):(\d+)(?::\d+)? s=\d+", raw)
        self.assertGreater(len(own), 10)
        with_line = [one for one in own if one[0].endswith((".cpp", ".hpp")) and int(one[1]) > 0]
        self.assertGreaterEqual(len(with_line), 0.99 * len(own))

    def test_a_program_of_neva(self):
        made, _ = self.profile_json("cpu", PROGRAMS / "hello.json", "--time", "0.5")
        self.assertIn("hello.json", made["target"])
        nodes = {one["node"] for one in made["kinds"][0]["nodes"]}
        self.assertIn("[wiring]", nodes)

    def test_a_command_has_the_total_of_its_clock(self):
        made, err = self.profile_json("cpu", "--", sys.executable, "-c", BURN.format(seconds=1.5))
        kind, = made["kinds"]
        clock_ns = float(err.split()[0]) * 1e9
        self.assertAlmostEqual(self.total(kind, "cpu") / clock_ns, 1, delta=0.03)
        self.assertGreater(kind["samples"], 50)

    def test_text_is_a_summary_a_table_and_the_way_on(self):
        done = self.run_profile("cpu", "hop", "--time", "0.5", "--out", "here")
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^cpu of hop: .+ of cpu in .+ of time$")
        self.assertRegex(lines[1], r"^nodes: ")
        self.assertRegex(lines[2], r"^\d+ samples: a share of 5% is known to ")
        self.assertIn("flat%", lines[4])
        self.assertIn("flame graph: open it in a browser", done.stdout)
        self.assertTrue((self.place / "here" / "cpu.html").exists())

    def test_a_base_to_compare_with(self):
        first, _ = self.profile_json("cpu", "hop", "--time", "0.5")
        base = first["kinds"][0]["files"]["pprof"]
        done = self.run_profile("cpu", "hop", "--time", "0.5", "--diff-base", base)
        self.assertIn("cpu.pb.gz", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^compared with ")
        self.run_profile("cpu", "hop", "--diff-base", "nowhere.pb.gz", status=2)

    def test_a_crash_keeps_what_was_there(self):
        program = BURN.format(seconds=0.6) + "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"
        made, _ = self.profile_json("cpu", "--", sys.executable, "-c", program)
        kind, = made["kinds"]
        self.assertGreater(self.total(kind, "cpu"), 0.4e9)
        self.assertIn("program-failed", self.codes(kind))
        self.assertIn("cut-short", self.codes(kind))

    def test_a_program_that_will_not_end_is_ended(self):
        program = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: sum(range(2000))\n"
        made, _ = self.profile_json("cpu", "--time", "0.5", "--", sys.executable, "-c", program)
        kind, = made["kinds"]
        self.assertIn("time-over", self.codes(kind))
        self.assertGreater(self.total(kind, "cpu"), 0.1e9)

    def test_ctrl_c_ends_the_program_and_keeps_its_profile(self):
        process = subprocess.Popen(
            [NEVAPERF, "profile", "cpu", "--format", "json", "--", sys.executable, "-c", BURN.format(seconds=60)],
            cwd=self.place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )
        try:
            process.communicate(timeout=3)
        except subprocess.TimeoutExpired:
            pass
        subprocess.run(["kill", "-INT", "--", f"-{process.pid}"], check=True)
        out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0, err)
        kind, = json.loads(out)["kinds"]
        self.assertGreater(self.total(kind, "cpu"), 0.2e9)
        self.assertIn("program-failed", self.codes(kind))

    def test_a_static_program_is_refused_with_the_reason(self):
        static = pathlib.Path("/sbin/ldconfig")
        if not static.exists():
            self.skipTest("no static program here")
        done = self.run_profile("cpu", "--", static, "--version", status=2)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("is linked statically", done.stderr)
        self.assertFalse(list((self.place / ".nevaperf" / "profiles").iterdir()), "no empty folder is left")

    def test_a_broken_program_is_refused_before_anything_runs(self):
        done = self.run_profile("cpu", PROGRAMS / "unknown_function.json", status=2)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertFalse((self.place / ".nevaperf").exists())


if __name__ == "__main__":
    unittest.main()
