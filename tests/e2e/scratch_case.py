"""A test case with a folder of its own, which is gone afterwards."""

import os
import pathlib
import tempfile
import unittest

NEVAPERF = pathlib.Path(os.environ.get("NEVAPERF", "nevaperf")).resolve()
PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "programs"
ENDLESS = PROGRAMS / "endless.json"  # goes round in a circle for ever


class ScratchCase(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf-test-")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)
