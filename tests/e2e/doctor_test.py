"""nevaperf doctor from outside.

    NEVAPERF=PROGRAM doctor_test.py
"""

import json
import os
import subprocess
import unittest

NEVAPERF = os.environ.get("NEVAPERF", "nevaperf")


def doctor(*words, **more):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | more
    return subprocess.run(
        [NEVAPERF, "doctor", *words], stdin=subprocess.DEVNULL, check=False, timeout=120, **options
    )


class Doctor(unittest.TestCase):
    def test_json_names_what_was_found_and_how_to_fix_it(self):
        done = doctor("--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        said = json.loads(done.stdout)
        self.assertEqual(said["schema"], "nevaperf.doctor/1")
        for name in ("cores", "cpus", "allowed_cpus", "kernel", "memory_bytes", "load", "compiler"):
            self.assertIn(name, said["environment"])
        for one in said["findings"]:
            self.assertEqual(list(one), ["level", "code", "what", "why", "fix"])
            self.assertIn(one["level"], ("note", "warning", "problem"))
            self.assertTrue(all(one.values()), one)

    def test_text_says_the_same(self):
        done = doctor()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        findings = done.stdout.split("\n\n", 1)[1].splitlines()
        if findings != ["nothing that is known to disturb measurement"]:
            self.assertEqual(len(findings) % 3, 0)
            for what, why, fix in zip(findings[::3], findings[1::3], findings[2::3]):
                self.assertRegex(what, r"^(note|warning|problem): .")
                self.assertRegex(why, r"^  why: .")
                self.assertRegex(fix, r"^  fix: .")

    def test_identical_builds_are_judged(self):
        done = doctor("--aa", "--time", "8s", "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        seen = json.loads(done.stdout)["aa"]
        self.assertGreaterEqual(seen["pairs"], 12)
        self.assertLess(seen["ci"][0], seen["ci"][1])
        self.assertEqual([one["seconds"] for one in seen["comparisons"]], [5, 30])
        for one in seen["comparisons"]:
            self.assertGreaterEqual(one["false_alarms"], 0)
            self.assertLessEqual(one["false_alarms"], 1)

    def test_too_little_time_is_an_error_of_one_line(self):
        done = doctor("--aa", "--time", "1ms")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"^nevaperf: --aa: \d+ pairs are too few .*--time\)\n$")

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = doctor(stdout=full)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr)


if __name__ == "__main__":
    unittest.main()
