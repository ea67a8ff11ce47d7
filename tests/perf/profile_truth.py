#!/usr/bin/env python3
"""What CPU profiles are worth: their goals, measured against programs whose profile is known.

    profile_truth.py BUILD_FOLDER [GOAL...]

Goals: total, nodes, overhead, labels, size, stress. Needs a quiet machine for `overhead`. Prints a line for each figure, with
its goal; exits with 1 if one is missed. The short form of the others is in the tests (cpu_profile, profile_e2e).
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

PAIRS = 40
ROUNDS = 200_000
STRESS_SECONDS = 600


class Truth:
    def __init__(self, build):
        self.nevaperf = build / "nevaperf"
        self.program = build / "tests" / "profiles" / "nevaperf_truth_program"
        self.library = build / "libnevaperf_cpu.so"
        self.missed = 0

    def say(self, what, value, goal, holds):
        self.missed += not holds
        print(f"{'ok    ' if holds else 'MISSED'} {what}: {value} (goal: {goal})", flush=True)

    def environment(self, folder, rate, **more):
        return os.environ | {
            "LD_PRELOAD": str(self.library), "NEVAPERF_CPU_FOLDER": str(folder), "CPUPROFILE_PER_THREAD_TIMERS": "1",
            "CPUPROFILE_FREQUENCY": str(rate), "TCMALLOC_STACKTRACE_METHOD": "libgcc",
        } | more

    def profile(self, *words):
        """The JSON of one profile, and the folder's size; what a command printed."""
        with tempfile.TemporaryDirectory(prefix="nevaperf-truth-") as place:
            done = subprocess.run(
                [self.nevaperf, "profile", "--format", "json", "--dir", place, *map(str, words)],
                capture_output=True, text=True, check=True,
            )
            made = json.loads(done.stdout)
            bytes_packed = sum(pathlib.Path(kind["files"]["pprof"]).stat().st_size for kind in made["kinds"])
        return made, bytes_packed, done.stderr

    def total(self):
        burn = "import time\nwhile time.process_time() < 4: sum(range(2000))\nprint(time.process_time())\n"
        for rate in (50, 100, 250, 1000, 4000):
            made, _, err = self.profile("cpu", "--rate", rate, "--", sys.executable, "-c", burn)
            total = next(one["total"] for one in made["kinds"][0]["types"] if one["type"] == "cpu")
            off = total / (float(err.split()[0]) * 1e9) - 1
            self.say(f"total at {rate} Hz against the process clock", f"{off:+.2%}", "2%", abs(off) <= 0.02)

    def nodes(self):
        # The preloaded library and the graph are in one process; the profile is read as any raw folder is.
        with tempfile.TemporaryDirectory(prefix="nevaperf-truth-") as place:
            test = self.program.parent / "nevaperf_test_cpu_profile"
            done = subprocess.run([test, "nodes have their shares*"], cwd=place, capture_output=True, text=True, check=False)
        self.say("nodes of 10, 20 and 70%", "within 2 points" if done.returncode == 0 else done.stdout, "2 points",
                 done.returncode == 0)

    def cpu_of_fixed(self, rate, place):
        environment = self.environment(place, rate) if rate else dict(os.environ)
        done = subprocess.run([self.program, "fixed", str(ROUNDS)], env=environment, capture_output=True, text=True, check=True)
        for raw in pathlib.Path(place).glob("*.raw"):
            raw.unlink()
        return float(done.stdout)

    def overhead(self):
        for rate, goal in ((100, 0.01), (250, 0.02)):
            ratios = []
            with tempfile.TemporaryDirectory(prefix="nevaperf-truth-") as place:
                for i in range(PAIRS):
                    order = (0, rate, rate, 0) if i % 2 == 0 else (rate, 0, 0, rate)
                    times = {0: 0.0, rate: 0.0}
                    for each in order:
                        times[each] += self.cpu_of_fixed(each, place)
                    ratios.append(math.log(times[rate] / times[0]))
            middle = statistics.median(ratios)
            error = 1.25 * statistics.stdev(ratios) / math.sqrt(len(ratios))
            self.say(f"overhead at {rate} Hz", f"{math.expm1(middle):+.2%} ± {1.96 * error:.2%}", f"{goal:.0%}",
                     math.expm1(middle) <= goal)

    def labels(self):
        for scenario in ("hop", "pipeline/8", "fan_in/16", "struct_build_field", "program/loop_sum"):
            made, _, _ = self.profile("cpu", scenario, "--time", "3", "--rate", "250")
            kind, = made["kinds"]
            total = next(one["total"] for one in kind["types"] if one["type"] == "cpu")
            share = sum(one["value"] for one in kind["nodes"]) / total
            self.say(f"samples of {scenario} with a node", f"{share:.2%}", "99%", share >= 0.99)

    def size(self):
        _, bytes_packed, _ = self.profile("all", "pipeline/8", "--time", "10")
        self.say("10 s of everything, packed", f"{bytes_packed} bytes", "100 KB", bytes_packed <= 100_000)

    def stress(self):
        with tempfile.TemporaryDirectory(prefix="nevaperf-truth-") as place:
            done = subprocess.run([self.program, "stress", str(STRESS_SECONDS)], env=self.environment(place, 250),
                                  timeout=STRESS_SECONDS + 60, check=False)
        self.say(f"{STRESS_SECONDS} s of 8 threads with exceptions, dlopen, short threads", f"status {done.returncode}",
                 "no hang, no crash", done.returncode == 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    goals = ("total", "nodes", "overhead", "labels", "size", "stress")
    parser.add_argument("goals", nargs="*", metavar="GOAL", help=", ".join(goals) + "; all if none")
    options = parser.parse_args()
    truth = Truth(options.build.resolve())
    for goal in options.goals or goals:
        if goal not in goals:
            parser.error(f"unknown goal {goal}")
        getattr(truth, goal)()
    return truth.missed != 0


if __name__ == "__main__":
    sys.exit(main())
