"""Real Neva programs run as they were recorded: stdout, exit status and stderr of every case of the corpus.

    corpus_test.py --nevaperf PROGRAM [--times N] [--timeout S] [--only TEXT] [-- ARGS OF nevaperf run]

Without a corpus (beside the source tree, or in $NEVAPERF_SHARED) the test is skipped: status 77.
"""

import argparse
import concurrent.futures
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "scripts"))
import corpus_cases

SKIPPED = 77


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nevaperf", required=True, type=pathlib.Path, help="the built program")
    parser.add_argument("--times", type=int, default=1, help="how often each case is run")
    parser.add_argument("--timeout", type=float, default=120, help="seconds that one run may take")
    parser.add_argument("--only", default="", help="only programs whose name contains this")
    parser.add_argument("extra", nargs="*", help="arguments of nevaperf run, after --")
    return parser.parse_args()


def faults_of(options, case):
    for number in range(options.times):
        got = corpus_cases.run(options.nevaperf, case, options.extra, options.timeout)
        faults = corpus_cases.judge(case, got)
        if faults:
            which = f" (run {number + 1} of {options.times})" if options.times > 1 else ""
            return [f"FAILED {case.name}{which}", *(f"  {line}" for line in faults)]
    return []


def main():
    options = arguments()
    options.nevaperf = options.nevaperf.resolve()
    corpus = corpus_cases.folder()
    if not corpus.is_dir():
        print(f"SKIPPED: no corpus at {corpus}: put it there or set NEVAPERF_SHARED to the folder above it")
        return SKIPPED
    cases = [case for case in corpus_cases.read(corpus) if options.only in case.program]
    known = corpus_cases.known_functions(options.nevaperf)
    report, runnable = [], []
    for case in cases:
        unknown = sorted(set(case.functions) - known)
        if unknown:
            report.append(f"FAILED {case.name}\n  cannot run: no function {', '.join(unknown)}")
        else:
            runnable.append(case)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for faults in pool.map(lambda case: faults_of(options, case), runnable):
            if faults:
                report.append("\n".join(faults))
    for entry in report:
        print(entry)
    print(f"{len(runnable)} of {len(cases)} cases run {options.times} times each, {len(report)} faults")
    if not cases:
        print(f"no case of {corpus} matches: nothing was tested")
    return 1 if report or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
