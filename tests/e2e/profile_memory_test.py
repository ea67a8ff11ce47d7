"""nevaperf profile alloc,contention from outside: scenarios, Neva programs and commands of every kind.

    NEVAPERF=PROGRAM SUBJECTS=FOLDER profile_memory_test.py

FOLDER holds nevaperf_alloc_subject and nevaperf_contention_subject, whose work is known.
"""

import gzip
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

NEVAPERF = os.environ.get("NEVAPERF", "nevaperf")
SUBJECTS = pathlib.Path(os.environ.get("SUBJECTS", "."))
PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "programs"


class ProfileMemory(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf-profile-")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)

    def profile(self, *words, status=0):
        # The options come first: all that follows -- is the command's.
        done = subprocess.run([NEVAPERF, "profile", words[0], "--format", "json", "--out", self.place / "out", *words[1:]],
                              cwd=self.place, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, status, done.stderr)
        if status != 0:
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            return done.stderr
        kinds = json.loads(done.stdout)["kinds"]
        for kind in kinds:
            self.assertGreater(len(gzip.decompress(pathlib.Path(kind["files"]["pprof"]).read_bytes())), 0)
        return {kind["kind"]: kind for kind in kinds}

    @staticmethod
    def total(kind, name):
        return next(each["total"] for each in kind["types"] if each["type"] == name)

    @staticmethod
    def note(kind, key):
        return [each.split(": ", 1)[1] for each in kind["notes"] if each.startswith(key + ": ")]

    def test_allocations_of_a_scenario_for_one_operation(self):
        alloc = self.profile("alloc", "--time", "1", "struct_build_field")["alloc"]
        self.assertEqual(self.note(alloc, "allocator"), ["libtcmalloc"])
        self.assertAlmostEqual(float(self.note(alloc, "allocs/op")[0]), 1, delta=0.1)
        self.assertTrue(self.note(alloc, "site"))
        self.assertTrue(alloc["nodes"], "allocations carry the node")

    def test_waits_of_a_scenario(self):
        contention = self.profile("contention", "--time", "0.5", "pipeline/8")["contention"]
        self.assertGreater(self.total(contention, "delay"), 0)
        self.assertEqual(contention["shown"], "delay")
        self.assertTrue(self.note(contention, "wait"))

    def test_a_neva_program(self):
        kinds = self.profile("alloc,contention", "--time", "0.5", PROGRAMS / "values.json")
        self.assertIn("alloc", kinds)
        self.assertIn("contention", kinds)

    def test_a_command(self):
        kinds = self.profile("alloc,contention", "--", SUBJECTS / "nevaperf_contention_subject", "lock", "200")
        self.assertGreater(self.total(kinds["contention"], "delay"), 500_000_000)
        top = {each["function"] for each in kinds["contention"]["top"] if each["cumulative"] > 0}
        self.assertTrue(any("lock_waiter" in name for name in top), top)
        alloc = self.profile("alloc", "--", SUBJECTS / "nevaperf_alloc_subject", "sites", "200000")["alloc"]
        sites = {each["function"]: each["flat"] for each in alloc["top"]}
        self.assertAlmostEqual(sites["(anonymous namespace)::middle_site"], 200_000 * 600, delta=200_000 * 600 * 0.35)
        self.assertEqual(self.note(alloc, "allocator"), ["glibc"])

    def test_programs_that_end_badly_keep_what_they_did(self):
        for end in ("crash", "kill", "exit", "exec", "fork"):
            with self.subTest(end):
                alloc = self.profile("alloc", "--", SUBJECTS / "nevaperf_alloc_subject", end)["alloc"]
                self.assertGreater(self.total(alloc, "alloc_space"), 150_000_000)

    def test_a_static_program_is_refused_with_the_reason(self):
        source = self.place / "still.c"
        source.write_text("int main(void) { return 0; }\n")
        built = subprocess.run(["cc", "-static", "-o", self.place / "still", source], capture_output=True)
        if built.returncode != 0:
            self.skipTest("no static C library here")
        self.assertIn("static", self.profile("alloc", "--", self.place / "still", status=2))


if __name__ == "__main__":
    unittest.main()
