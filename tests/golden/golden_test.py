"""What the program prints, compared with what it is known to print.

    golden_test.py --nevaperf PROGRAM [--update] [CASE...]

A case is a folder beside this file: `cmd`, a line for sh; `stdout` and `stderr`, as expected (no file: nothing); `exit`, the
expected status (no file: 0). It is run in an empty folder that holds the case's other files and `programs`, the example
programs of tests/programs; `nevaperf` is found by that name. --update accepts what is printed now: look at the difference in
git before you commit it.
"""

import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = HERE.parent / "programs"
EXPECTED = ("stdout", "stderr", "exit")


def run(case, nevaperf):
    """The three things that a run shows, as text."""
    with tempfile.TemporaryDirectory(prefix="nevaperf-golden-") as scratch:
        place = pathlib.Path(scratch) / "place"
        shutil.copytree(case, place, ignore=shutil.ignore_patterns("cmd", *EXPECTED))
        shutil.copytree(PROGRAMS, place / "programs")
        bin_folder = pathlib.Path(scratch) / "bin"
        bin_folder.mkdir()
        (bin_folder / "nevaperf").symlink_to(nevaperf)
        # Nothing of the caller's that could change a text; what sanitizers need is kept.
        environment = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        environment |= {
            "PATH": f"{bin_folder}:/usr/bin:/bin", "HOME": scratch, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80",
        }
        done = subprocess.run(
            ["sh", "-c", (case / "cmd").read_text()], cwd=place, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, timeout=60,
        )
    decode = {"encoding": "utf-8", "errors": "backslashreplace"}
    return {
        "stdout": str(done.stdout, **decode),
        "stderr": str(done.stderr, **decode),
        "exit": f"{done.returncode}\n",
    }


def nothing(name):
    return "0\n" if name == "exit" else ""


def expected(case, name):
    path = case / name
    return path.read_text() if path.exists() else nothing(name)


def difference(case, name, got):
    wanted = expected(case, name)
    if wanted == got:
        return []
    lines = difflib.unified_diff(
        wanted.splitlines(keepends=True), got.splitlines(keepends=True), f"{case.name}/{name}", f"{name} now"
    )
    return [line if line.endswith("\n") else f"{line}\n\\ no line break at the end\n" for line in lines]


def accept(case, name, got):
    path = case / name
    if got == nothing(name):
        path.unlink(missing_ok=True)
    else:
        path.write_text(got)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nevaperf", required=True, type=pathlib.Path, help="the built program")
    parser.add_argument("--update", action="store_true", help="accept what is printed now")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="names of cases (default: all)")
    options = parser.parse_args()
    cases = sorted(path.parent for path in HERE.glob("*/cmd") if not options.cases or path.parent.name in options.cases)
    if not cases or len(cases) < len(set(options.cases)):
        print(f"no such case in {HERE}")
        return 2
    failed = 0
    for case in cases:
        differences = []
        for name, text in run(case, options.nevaperf.resolve()).items():
            found = difference(case, name, text)
            if found and options.update:
                accept(case, name, text)
            differences += found
        if differences:
            failed += 1
            print(f"{'updated' if options.update else 'FAILED'} {case.name}: {(case / 'cmd').read_text().strip()}")
            sys.stdout.writelines(differences)
    print(f"{len(cases)} cases, {failed} {'updated' if options.update else 'differ'}")
    if failed and not options.update:
        print("accept what is right with --update")
    return 1 if failed and not options.update else 0


if __name__ == "__main__":
    sys.exit(main())
