"""nevaperf compare builds from outside, on a small Google Benchmark program and on nevaperf itself.

    NEVAPERF=PROGRAM TARGET=PROGRAM compare_builds_test.py

No test looks at how long something takes: a doubled work is seen on any machine.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

NEVAPERF = os.environ.get("NEVAPERF", "nevaperf")
TARGET = os.environ.get("TARGET", "target")


class CompareBuilds(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf-builds-")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)

    def start(self, *words):
        return subprocess.Popen(
            [NEVAPERF, "compare", "builds", *words], cwd=self.place, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    def run_builds(self, *words, status=0):
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, status, f"{words}\n{out}\n{err}")
        return out, err

    def rows(self, *words, status=0):
        out, err = self.run_builds(*words, "--format", "json", status=status)
        document = json.loads(out)
        self.assertEqual(document["schema"], "nevaperf.compare/1")
        return {row["name"]: row for row in document["rows"]}, document, err

    def refused(self, *words):
        out, err = self.run_builds(*words, status=2)
        self.assertEqual(out, "")
        self.assertEqual(err.count("\n"), 1, err)
        return err

    def test_doubled_work_is_slower(self):
        rows, document, _ = self.rows(TARGET, f"env TARGET_MORE=100 {TARGET}", "BM_work", "--time", "60", "--seed", "1")
        self.assertEqual(list(rows), ["BM_work"])
        row = rows["BM_work"]
        self.assertEqual(row["verdict"], "slower", row)
        self.assertGreater(row["ci"][0], 1.3)
        self.assertEqual(row["n_old"], row["n_new"])
        self.assertEqual(document["method"]["correction"], "holm")
        self.assertEqual(document["method"]["tests"], 1)

    def test_fail_is_a_status_of_its_own(self):
        words = (TARGET, f"env TARGET_MORE=100 {TARGET}", "BM_work", "--time", "60")
        out, _ = self.run_builds(*words, "--fail", status=1)
        self.assertTrue(out.startswith("1 slower"), out)

    def test_builds_of_nevaperf(self):
        rows, _, _ = self.rows(NEVAPERF, f"env NEVAPERF_INJECT=100% {NEVAPERF}", "struct_build_field", "--time", "60")
        self.assertEqual(rows["struct_build_field"]["verdict"], "slower")

    def test_every_kind_of_benchmark_is_measured(self):
        rows, _, _ = self.rows(TARGET, f"env A=1 {TARGET}", "--time", "12")
        self.assertEqual(set(rows), {
            "BM_work", "BM_work_longer_name", "BM_a.b<int, (x)>[1]|$", "BM_trouble", "BM_print",
            "BM_manual/manual_time", "BM_threads/real_time/threads:2", "fixture/BM_in/8",
        })
        for row in rows.values():
            self.assertGreater(row["n_old"], 0, row)
            self.assertGreater(row["old"], 0)
        self.assertAlmostEqual(rows["BM_manual/manual_time"]["old"], 1e-6, delta=1e-9)

    def test_one_side_that_fails_is_told_and_the_rest_go_on(self):
        for trouble, words in (("crash", "about to die"), ("skip", "no device"), ("exit", "exit status 7"),
                               ("hang", "no answer within")):
            with self.subTest(trouble):
                rows, _, err = self.rows(
                    TARGET, f"env TARGET_TROUBLE={trouble} {TARGET}", "BM_trouble", "BM_work", "--time", "5",
                    "--timeout", "2", status=2,
                )
                self.assertEqual(rows["BM_trouble"]["verdict"], "only_old")
                self.assertIn(words, rows["BM_trouble"]["warnings"][-1]["text"])
                self.assertGreater(rows["BM_work"]["n_new"], 0)
                self.assertIn("1 of 2 benchmarks did not succeed", err)

    def test_what_one_side_lacks_is_listed(self):
        rows, _, _ = self.rows(
            f"env TARGET_ONLY=BM_gone {TARGET}", f"env TARGET_ONLY=BM_new {TARGET}", "BM_gone", "BM_new", "BM_manual*",
            "--time", "3",
        )
        self.assertEqual(rows["BM_gone"]["verdict"], "only_old")
        self.assertEqual(rows["BM_new"]["verdict"], "only_new")

    def test_equal_builds_are_not_measured(self):
        copy = self.place / "copy of it"
        shutil.copy(TARGET, copy)
        out, err = self.run_builds(TARGET, str(copy), "BM_work")
        self.assertIn("1 same", out)
        self.assertIn("the same program", err)

    def test_a_program_beside_us_is_found(self):
        shutil.copy(TARGET, self.place / "prog")
        self.run_builds("prog", f"{TARGET} ", "BM_work")

    def test_bad_input_is_one_line(self):
        (self.place / "text").write_text("no program")
        script = self.place / "script"
        for words, said in (
            (("./missing", TARGET), "cannot start the program"),
            (("./text", TARGET), "cannot start the program"),
            (("/bin/true", TARGET), "it lists no benchmarks"),
            (("/bin/false", TARGET), "exit status 1"),
            (("/bin/echo", TARGET), "it is no Google Benchmark binary"),
            ((TARGET, "'open"), "a quote is not closed"),
            ((TARGET, ""), "no program given"),
            ((TARGET, NEVAPERF), "the other a Google Benchmark binary"),
            ((TARGET, f"env A=1 {TARGET}", "nothing_like_it"), "nothing_like_it"),
            ((TARGET, TARGET, "--time", "-1"), "--time"),
            ((TARGET, TARGET, "--threshold", "x"), "--threshold"),
            ((TARGET,), "new is required"),
        ):
            with self.subTest(words):
                self.assertIn(said, self.refused(*words))
        script.write_text("#!/bin/sh\nsleep 30\n")
        script.chmod(0o755)
        self.assertIn("in time", self.refused("./script", TARGET, "--timeout", "1"))
        script.write_text("#!/bin/sh\necho BM_work\n")
        rows, _, _ = self.rows("./script", TARGET, "BM_work", status=2)
        self.assertIn("wrote no result", rows["BM_work"]["warnings"][-1]["text"])

    def test_an_interrupt_prints_what_is_done(self):
        process = self.start(TARGET, f"env A=1 {TARGET}", "BM_work", "--threshold", "0.001%", "--format", "json")
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        document = json.loads(out)
        self.assertEqual(document["rows"][0]["name"], "BM_work")
        self.assertIn("interrupted", [one["code"] for one in document["warnings"]])

    def test_formats(self):
        words = (TARGET, f"env A=1 {TARGET}", "BM_work", "--time", "1")
        self.assertIn("| sec/op |", self.run_builds(*words, "--format", "markdown")[0])
        self.assertTrue(self.run_builds(*words, "--format", "csv")[0].startswith("name,unit,"))


if __name__ == "__main__":
    unittest.main()
