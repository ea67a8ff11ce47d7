"""The corpus of recorded Neva programs: where it lies, its cases, and whether a run of one is right.

A folder GROUP/NAME holds `ir.json` and `case.json`; corpus/README.md describes them. Used by scripts/corpus and by
tests/e2e/corpus_test.py.
"""

import collections
import dataclasses
import difflib
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def folder():
    """The corpus beside the source tree, or below $NEVAPERF_SHARED. It need not exist."""
    shared = os.environ.get("NEVAPERF_SHARED")
    return (pathlib.Path(shared) if shared else ROOT.parent / "shared") / "corpus"


@dataclasses.dataclass
class Case:
    program: str  # "examples/hello_world"
    number: int  # among the cases of the program
    ir: pathlib.Path
    functions: list  # that the program calls
    recorded: dict

    @property
    def name(self):
        return self.program if self.number == 0 else f"{self.program}#{self.number}"

    @property
    def go_seconds(self):
        """Wall time on the Go runtime, and whether it was stopped after that time."""
        if "go_seconds_over" in self.recorded:
            return self.recorded["go_seconds_over"], True
        return self.recorded.get("go_seconds"), False


@dataclasses.dataclass
class Run:
    stdout: bytes
    stderr: bytes
    status: int  # negative: killed by that signal; None: it took too long
    seconds: float  # wall time of the whole process
    cpu_seconds: float


def read(corpus):
    """All cases, in the order of their names. A folder without its two files is an error."""
    cases = []
    for program in sorted(path for path in corpus.glob("*/*") if path.is_dir()):
        text = json.loads((program / "case.json").read_text())
        ir = program / "ir.json"
        if not ir.is_file():
            raise FileNotFoundError(f"{ir} is missing")
        name = f"{program.parent.name}/{program.name}"
        for number, recorded in enumerate(text["cases"]):
            cases.append(Case(name, number, ir.resolve(), text["funcs"], recorded))
    return cases


def known_functions(nevaperf):
    """The refs that `nevaperf run --functions` lists: the first words of the indented lines."""
    listed = subprocess.run(
        [nevaperf, "run", "--functions"], capture_output=True, text=True, check=True, timeout=60
    )
    return {line.split()[0] for line in listed.stdout.splitlines() if line.startswith(" ") and line.split()}


def run(nevaperf, case, arguments=(), timeout=60):
    """Runs the case in an empty folder of its own."""
    with tempfile.TemporaryDirectory(prefix="nevaperf-corpus-") as place:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        try:
            done = subprocess.run(
                [nevaperf, "run", *arguments, case.ir], cwd=place, capture_output=True, check=False,
                input=case.recorded.get("stdin", "").encode(), timeout=timeout,
            )
        except subprocess.TimeoutExpired as late:
            return Run(late.stdout or b"", late.stderr or b"", None, timeout, 0)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Run(done.stdout, done.stderr, done.returncode, seconds, cpu)


def judge(case, got):
    """What is wrong with a run, as lines; nothing if it is right."""
    recorded = case.recorded
    if got.status is None:
        return [f"took longer than {got.seconds:g} s", *_tail("stderr", got.stderr)]
    faults = []
    if got.status != recorded.get("exit", 0):
        faults.append(f"exit status {got.status}, recorded {recorded.get('exit', 0)}")
        faults += _tail("stderr", got.stderr)
    faults += _judge_stdout(recorded, got.stdout)
    wanted = recorded.get("stderr_contains")
    if wanted is not None and wanted.encode() not in got.stderr:
        faults.append(f"stderr does not contain {wanted!r}")
        faults += _tail("stderr", got.stderr)
    return faults


def _judge_stdout(recorded, got):
    if "stdout_any_of" in recorded:
        if got in [text.encode() for text in recorded["stdout_any_of"]]:
            return []
        return [f"stdout is none of {recorded['stdout_any_of']!r}", *_tail("stdout", got)]
    wanted = recorded.get("stdout")
    if wanted is None or got == wanted.encode():
        return []
    if recorded.get("line_order") == "any":
        difference = _bag(got), _bag(wanted.encode())
        if difference[0] == difference[1]:
            return []
        extra, missing = difference[0] - difference[1], difference[1] - difference[0]
        return ["stdout has other lines", *(f"-{line}" for line in missing), *(f"+{line}" for line in extra)]
    lines = difflib.unified_diff(
        wanted.splitlines(), got.decode(errors="backslashreplace").splitlines(), "recorded", "stdout", lineterm="", n=1
    )
    shown = list(lines)[:20]
    return ["stdout differs", *(shown or [f"recorded {wanted[-40:]!r}", f"stdout   {got[-40:]!r}"])]


def _bag(text):
    return collections.Counter(text.decode(errors="backslashreplace").splitlines())


def _tail(name, text):
    lines = text.decode(errors="backslashreplace").splitlines()[-5:]
    return [f"{name}: {line[:300]}" for line in lines]
