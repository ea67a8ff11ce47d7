"""Shared by the Python checks of this folder: the files of the source tree, and how faults are reported."""

import argparse
import os
import pathlib

LEFT_OUT = {"build", ".git", ".nevaperf", ".cache", "__pycache__"}
CPP_FOLDERS = ("core", "runtime", "profiles", "playbook", "cli", "tests")


def parse_root(description):
    """The command line that all checks share: the tree to look at, by default the one that holds the scripts."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parent.parent)
    root = pathlib.Path(parser.parse_args().root).resolve()
    if not root.is_dir():
        parser.error(f"{root}: no such folder: give the top of a source tree")
    return root


def files(root, suffixes=None, folders=None):
    """Paths relative to `root`, sorted; only these suffixes and top folders if given. Build output is left out."""
    found = []
    for top, dirs, names in os.walk(root):
        relative = pathlib.Path(top).relative_to(root)
        dirs[:] = [d for d in dirs if d not in LEFT_OUT]
        if folders and relative == pathlib.Path("."):
            dirs[:] = [d for d in dirs if d in folders]
            names = []
        for name in names:
            if suffixes is None or os.path.splitext(name)[1] in suffixes:
                found.append(relative / name)
    return sorted(found)


def lines(root, path):
    """The lines of a text file; of a binary file, none."""
    content = (root / path).read_bytes()
    return [] if b"\0" in content else content.decode("utf-8", "replace").splitlines()


class Report:
    """Collects faults and prints them as `file:line: what and what to do`."""

    def __init__(self, check):
        self.check = check
        self.count = 0

    def fault(self, path, line, text):
        self.count += 1
        print(f"{path}:{line}: {text}")

    def finish(self, looked_at):
        """Prints the closing line and returns the exit status."""
        if self.count:
            print(f"{self.check}: {self.count} fault{'s' if self.count > 1 else ''} ({looked_at})")
        else:
            print(f"{self.check}: ok ({looked_at})")
        return 1 if self.count else 0
