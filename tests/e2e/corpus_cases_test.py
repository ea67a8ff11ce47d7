"""The judge of corpus runs and scripts/corpus, on a small corpus and a program that is easy to see through."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))
import corpus_cases

# Knows the functions `known` and `other`; as a program it runs its "IR" with bash.
PROGRAM = """#!/bin/bash
if [[ $2 == --functions ]]; then
  printf 'Family\\n  known      Does it.\\n  other      Does that.\\n'
else
  exec bash "${@: -1}"
fi
"""


def faults(recorded, stdout=b"", stderr=b"", status=0):
    case = corpus_cases.Case("group/name", 0, None, [], recorded)
    return corpus_cases.judge(case, corpus_cases.Run(stdout, stderr, status, 0.1, 0.1))


class Judge(unittest.TestCase):
    def test_right_runs(self):
        self.assertEqual(faults({"stdout": "a\n", "exit": 0}, b"a\n"), [])
        self.assertEqual(faults({"stdout": None, "exit": 0}, b"whatever"), [])
        self.assertEqual(faults({"stdout": "b\na\na\n", "exit": 0, "line_order": "any"}, b"a\nb\na\n"), [])
        self.assertEqual(faults({"stdout_any_of": ["a\n", ""], "exit": 0}, b""), [])
        self.assertEqual(faults({"stdout": "", "exit": 1, "stderr_contains": "boom"}, b"", b"panic: boom\n", 1), [])

    def test_wrong_stdout(self):
        for got in (b"", b"a", b"a\n\n", b"A\n", b"\xff\n"):
            self.assertIn("stdout differs", faults({"stdout": "a\n", "exit": 0}, got))
        self.assertIn("-a", faults({"stdout": "a\nb\n", "exit": 0}, b"b\n"))
        self.assertEqual(faults({"stdout_any_of": ["a", "b"], "exit": 0}, b"c")[0], "stdout is none of ['a', 'b']")

    def test_lines_in_any_order_are_counted(self):
        recorded = {"stdout": "a\na\nb\n", "exit": 0, "line_order": "any"}
        self.assertEqual(faults(recorded, b"a\nb\nc\n"), ["stdout has other lines", "-a", "+c"])
        self.assertEqual(faults(recorded, b"b\na\n"), ["stdout has other lines", "-a"])

    def test_wrong_status_shows_stderr(self):
        self.assertEqual(faults({"stdout": "", "exit": 0}, b"", b"it broke\n", 2),
                         ["exit status 2, recorded 0", "stderr: it broke"])
        self.assertIn("exit status 0, recorded 1", faults({"stdout": "", "exit": 1}))
        self.assertIn("exit status -11, recorded 0", faults({"stdout": "", "exit": 0}, status=-11))
        self.assertIn("took longer than 0.1 s", faults({"stdout": "", "exit": 0}, status=None))

    def test_wrong_stderr(self):
        self.assertIn("stderr does not contain 'boom'",
                      faults({"stdout": "", "exit": 1, "stderr_contains": "boom"}, b"", b"bang\n", 1))


class Corpus(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nevaperf corpus ")
        self.addCleanup(folder.cleanup)
        self.shared = pathlib.Path(folder.name)
        self.program = self.shared / "nevaperf"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def add(self, name, script, functions=("known",), **recorded):
        place = self.shared / "corpus" / name
        place.mkdir(parents=True)
        (place / "ir.json").write_text(script)
        case = {"stdin": "", "exit": 0, "go_seconds": 2.0, **recorded}
        (place / "case.json").write_text(json.dumps({"cases": [case], "funcs": list(functions)}))

    def call(self, script, *arguments):
        environment = {**os.environ, "NEVAPERF_SHARED": str(self.shared), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([sys.executable, script, "--nevaperf", self.program, *arguments], env=environment,
                              capture_output=True, text=True, check=False, timeout=60)

    def test_all_right(self):
        self.add("a/echo", "cat", stdin="in\n", stdout="in\n")
        self.add("b/slow", "exit 3", ("known", "other"), exit=3, stdout="", go_seconds=None, go_seconds_over=60)
        test = self.call(HERE / "corpus_test.py", "--times", "2")
        self.assertEqual(test.returncode, 0, test.stdout + test.stderr)
        self.assertIn("2 of 2 cases run 2 times each, 0 faults", test.stdout)
        table = self.call(SCRIPTS / "corpus", "--times", "1")
        self.assertEqual(table.returncode, 0, table.stdout + table.stderr)
        self.assertIn("2 of 2 cases right", table.stdout)
        self.assertIn(">60000.0", table.stdout)
        self.assertIn("over 2 cases that took Go over 0.5 s", table.stdout)

    def test_a_wrong_run_fails(self):
        self.add("a/wrong", "echo out", stdout="in\n")
        self.add("b/right", "echo in", stdout="in\n")
        test = self.call(HERE / "corpus_test.py")
        self.assertEqual(test.returncode, 1)
        self.assertIn("FAILED a/wrong", test.stdout)
        self.assertIn("+out", test.stdout)
        table = self.call(SCRIPTS / "corpus", "--times", "1")
        self.assertEqual(table.returncode, 1)
        self.assertIn("1 of 2 cases right", table.stdout)

    def test_a_run_that_goes_wrong_once_fails(self):
        self.add("a/flaky", f"echo x >>'{self.shared}/count'; wc -l <'{self.shared}/count'", stdout="1\n")
        self.assertEqual(self.call(HERE / "corpus_test.py").returncode, 0)
        test = self.call(HERE / "corpus_test.py", "--times", "3")
        self.assertEqual(test.returncode, 1)
        self.assertIn("FAILED a/flaky (run 1 of 3)", test.stdout)

    def test_a_run_that_hangs_fails(self):
        self.add("a/hangs", "exec sleep 60", stdout="")
        test = self.call(HERE / "corpus_test.py", "--timeout", "0.2")
        self.assertEqual(test.returncode, 1)
        self.assertIn("took longer than 0.2 s", test.stdout)

    def test_an_unknown_function_fails(self):
        self.add("a/new", "true", ("known", "unheard_of"), stdout="")
        test = self.call(HERE / "corpus_test.py")
        self.assertEqual(test.returncode, 1)
        self.assertIn("cannot run: no function unheard_of", test.stdout)

    def test_no_corpus_is_said(self):
        test = self.call(HERE / "corpus_test.py")
        self.assertEqual(test.returncode, 77)
        self.assertTrue(test.stdout.startswith("SKIPPED: no corpus at"))
        self.assertEqual(self.call(SCRIPTS / "corpus").returncode, 2)

    def test_an_empty_corpus_tests_nothing_and_fails(self):
        (self.shared / "corpus").mkdir()
        self.assertEqual(self.call(HERE / "corpus_test.py").returncode, 1)


if __name__ == "__main__":
    unittest.main()
