"""Shared by the tests that show profiles to other tools: runs nevaperf, and finds the tools or skips."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

NEVAPERF = os.environ.get("NEVAPERF", "nevaperf")
TOP = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = TOP / "tests" / "golden"
# Profiles of the Go runtime, recorded beside the tree.
FIXTURES = TOP.parent / "shared" / "fixtures" / "pprof"


class ProfileTools(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf profiles ")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)

    def tool(self, name, package):
        """The path of a tool; the test is skipped where there is none."""
        found = shutil.which(name)
        if not found:
            self.skipTest(f"there is no {name}: apt-get install {package}")
        return found

    def run_tool(self, *words, text=True, **options):
        environment = os.environ | {"HOME": str(self.place), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [str(word) for word in words], cwd=self.place, env=environment, capture_output=True, text=text,
            timeout=120, check=False, **options,
        )
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def profile(self, *words):
        return self.run_tool(NEVAPERF, "profile", *words)

    def total(self, file, kind):
        """The total of one sample type, as nevaperf shows it."""
        folded = self.profile("show", file, "--type", kind, "--view", "folded")
        return sum(int(line.rsplit(" ", 1)[1]) for line in folded.splitlines())

    def fixtures(self):
        found = sorted(FIXTURES.glob("*.pb.gz"))
        if not found:
            self.skipTest(f"no recorded profiles beside the tree ({FIXTURES})")
        return found
