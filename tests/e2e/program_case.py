"""A test case that runs small Neva programs in a folder of its own, on one worker and on two."""

import itertools
import json
import re
import subprocess

from scratch_case import NEVAPERF, ScratchCase

WORKERS = ("1", "2")
HANG_SECONDS = 60  # a run that takes longer hangs


def panic_of(message):
    """What stderr shows when an error value with this text is a panic, as an expression."""
    quoted = json.dumps(message, ensure_ascii=False)
    return re.escape(f'panic: {{"child": {{"tag": "None"}}, "text": {quoted}}}')


class ProgramCase(ScratchCase):
    def setUp(self):
        super().setUp()
        self.number = itertools.count()

    def write(self, program):
        return program.write(self.place / f"program{next(self.number)}.json")

    def run_one(self, file, workers, shell="", **more):
        """`shell`: redirections as sh has them."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        words = ["sh", "-c", f'exec "$0" "$@" {shell}'] if shell else []
        return subprocess.run(
            [*words, NEVAPERF, "run", "--workers", workers, file.name], cwd=self.place, check=False,
            timeout=HANG_SECONDS, **options
        )

    def check(self, file, status, stderr, stdout=b"", **more):
        """Runs the file; all of stderr is one line that matches."""
        for workers in WORKERS:
            done = self.run_one(file, workers, **more)
            self.assertEqual(done.returncode, status, done)
            self.assertRegex(done.stderr.decode(), rf"\A{stderr}\n\Z")
            self.assertEqual(done.stdout, stdout)

    def check_failed(self, program, where, what, **more):
        file = self.write(program)
        self.check(file, 2, rf"nevaperf: {file.name}: {re.escape(where)}: {what}", **more)

    def check_panicked(self, program, message, **more):
        self.check(self.write(program), 1, panic_of(message), **more)
