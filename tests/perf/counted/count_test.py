#!/usr/bin/env python3
"""count.py of scripts/count_instructions with a program whose counts are known."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

COUNT = pathlib.Path(__file__).resolve().parent / "count.py"
# 7 allocations to set up, then 2 of 32 bytes for every operation.
PROGRAM = """#!/bin/bash
if [[ $1 == --list ]]; then echo hop; else echo "$((7 + 2 * $2)) $((100 + 64 * $2))"; fi
"""


class Count(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nevaperf counts ")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.program = self.folder / "program"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def count(self, *arguments):
        return subprocess.run(
            [sys.executable, "-B", COUNT, "--program", self.program, "--allocations", *arguments],
            capture_output=True, text=True, timeout=60, check=False,
        )

    def budget(self, works):
        path = self.folder / "budget.json"
        path.write_text(json.dumps({"format": "nevaperf.counts/1", "works": works}))
        return path

    def test_the_set_up_cancels(self):
        path = self.folder / "new.json"
        self.assertEqual(self.count("--update", path).returncode, 0)
        self.assertEqual(json.loads(path.read_text())["works"], {"hop": {"allocations": 2, "bytes": 64}})
        self.assertEqual(self.count("--check", path).returncode, 0)

    def test_an_allocation_more_than_the_budget_is_a_fault(self):
        done = self.count("--check", self.budget({"hop": {"allocations": 1, "bytes": 64}}))
        self.assertEqual(done.returncode, 1)
        self.assertIn("over budget: hop: 2 allocations an operation, the budget has 1", done.stdout)

    def test_a_work_without_a_budget_is_a_fault_and_the_other_way_round(self):
        done = self.count("--check", self.budget({"skip": {"allocations": 0, "bytes": 0}}))
        self.assertEqual(done.returncode, 1)
        self.assertIn("hop: not in the budget", done.stdout)
        self.assertIn("skip: in the budget, but there is no such work", done.stdout)

    def test_a_bad_budget_is_named(self):
        path = self.folder / "bad.json"
        for text in ("", "[]", '{"format": "other/1", "works": {}}'):
            path.write_text(text)
            done = self.count("--check", path)
            self.assertEqual(done.returncode, 2, text)
            self.assertIn(str(path), done.stderr)
        self.assertEqual(self.count("--check", self.folder / "none.json").returncode, 2)


if __name__ == "__main__":
    unittest.main()
