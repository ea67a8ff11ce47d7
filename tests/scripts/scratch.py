"""Shared by the tests of the scripts: a scratch source tree with the real scripts in it, and fake programs in front of PATH."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent.parent / "scripts"
# Whoever runs the tests may have set these.
OWN_VARIABLES = ("NEVAPERF_NO_SETUP", "CXX", "CXXFLAGS")


class ScratchTree(unittest.TestCase):
    """Each test gets an empty tree in a folder whose name has spaces; `self.root` is its top."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nevaperf scripts ")
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name).resolve()
        self.root = self.scratch / "a tree"
        self.root.mkdir()
        shutil.copytree(SCRIPTS, self.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        self.bin = self.scratch / "bin"
        self.bin.mkdir()
        self.environment = {k: v for k, v in os.environ.items() if k not in OWN_VARIABLES}
        self.environment["PATH"] = f"{self.bin}:{self.environment['PATH']}"

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def fake(self, name, body):
        """A program in front of PATH: the body of a bash script. `$log` is a file that `self.logged()` reads."""
        path = self.bin / name
        path.write_text(f"#!/bin/bash\nlog='{self.scratch}/log'\n{body}\n")
        path.chmod(0o755)

    def logged(self):
        log = self.scratch / "log"
        return log.read_text().splitlines() if log.exists() else []

    def run_script(self, name, *arguments, cwd=None, **options):
        return subprocess.run(
            [self.root / "scripts" / name, *arguments],
            cwd=cwd or self.scratch, env=self.environment, text=True, timeout=120,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, **options,
        )

    def git(self, *arguments):
        who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *who, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit_all(self):
        if not (self.root / ".git").exists():
            self.git("init")
        self.git("add", "-A")
        self.git("commit", "-m", "all")

    def assert_passes(self, result):
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def assert_fault(self, result, text, status=1):
        """Failed, with a line that starts with `text` (a place and the rule)."""
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        lines = (result.stdout + result.stderr).splitlines()
        self.assertTrue(any(line.startswith(text) for line in lines), "\n".join(lines))
