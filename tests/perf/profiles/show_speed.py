#!/usr/bin/env python3
"""Times `nevaperf profile show` and `profile diff` on profiles of the sizes that the goals name; run by hand on a quiet machine.

    show_speed.py --nevaperf PROGRAM --make nevaperf_make_profile [--small] [--tries N]

Prints the least time of N tries and the peak memory, with the goal; the status is 1 if one is missed. --small: a
hundredth of the sizes, without goals, to see that it works.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def run(words):
    """Seconds, CPU seconds and peak MiB of one run."""
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    taken = time.monotonic() - start
    if status != 0:
        sys.exit(f"{' '.join(map(str, words))}: status {os.waitstatus_to_exitcode(status)}")
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nevaperf", required=True, type=pathlib.Path)
    parser.add_argument("--make", required=True, type=pathlib.Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--tries", type=int, default=3)
    options = parser.parse_args()
    part = 100 if options.small else 1
    nevaperf, make = options.nevaperf.resolve(), options.make.resolve()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="nevaperf-speed-") as folder:
        place = pathlib.Path(folder)

        def made(name, *numbers):
            subprocess.run([make, *map(str, numbers), place / name], check=True)
            return place / name

        large = made("large.pb", 1_000_000 // part, 40, 20_000, 1, 1)
        texts = made("texts.pb", 1000, 20, 1000, 10_000_000 // part, 1)
        old = made("old.pb", 10_000, 30, 3000, 1, 1)
        new = made("new.pb", 10_000, 30, 3000, 1, 2)
        rows = [
            ("show, 10^6 samples", 3.0, [nevaperf, "profile", "show", large]),
            ("flame graph of them", None, [nevaperf, "profile", "show", large, "--view", "flame"]),
            ("show, 10^7 strings", None, [nevaperf, "profile", "show", texts]),
            ("diff, 10 000 stacks a side", 0.5, [nevaperf, "profile", "diff", old, new]),
            ("its flame graph", None, [nevaperf, "profile", "diff", old, new, "--view", "flame"]),
        ]
        print(f"{large.stat().st_size / 1e6:.0f} MB of samples, {texts.stat().st_size / 1e6:.0f} MB of strings")
        for name, goal, words in rows:
            tries = [run(words) for _ in range(options.tries)]
            seconds, cpu, memory = (least(column) for least, column in zip((min, min, max), zip(*tries)))
            goal = None if options.small else goal
            verdict = "" if goal is None else f"goal {goal} s: {'held' if seconds <= goal else 'MISSED'}"
            missed += verdict.endswith("MISSED")
            print(f"{name:<28} {seconds:7.3f} s  CPU {cpu:6.3f} s  {memory:6.0f} MiB  {verdict}".rstrip())
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
