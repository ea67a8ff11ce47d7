"""The runtime as a library: installed, moved elsewhere, and used by a project that knows nothing else of the tree.

    BUILD=FOLDER COMPILER=PROGRAM install_test.py
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent.parent
BUILD = os.environ["BUILD"]


class Install(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf-install-")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)
        self.prefix = self.place / "moved"
        self.run_quietly("cmake", "--install", BUILD, "--prefix", self.place / "prefix")
        (self.place / "prefix").rename(self.prefix)

    def run_quietly(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def test_an_outside_project_builds_and_runs(self):
        project = self.place / "project"
        shutil.copytree(HERE / "outside", project)
        self.run_quietly(
            "cmake", "-G", "Ninja", "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_CXX_COMPILER={os.environ['COMPILER']}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror",
        )
        self.run_quietly("cmake", "--build", project / "build")
        self.assertEqual(self.run_quietly(project / "build" / "outside"), "sum 5050, it wrote: FROM IR\n")

    def test_every_header_that_an_installed_one_includes_is_there_and_nothing_names_the_source_tree(self):
        headers = self.prefix / "include" / "nevaperf"
        found = sorted(headers.rglob("*.hpp"))
        self.assertGreater(len(found), 40)
        for header in found:
            for name in re.findall(r'#include "([^"]+)"', header.read_text()):
                self.assertTrue((headers / name).is_file(), f"{header} includes {name}")
        for text in self.prefix.rglob("*.cmake"):
            self.assertNotIn(str(SOURCE), text.read_text(), text)


if __name__ == "__main__":
    unittest.main()
