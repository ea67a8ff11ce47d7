"""Time and peak memory of `nevaperf compare` on large files of every format, against its goals.

    bench_compare.py --nevaperf PROGRAM [--only TEXT] [--rounds N] [--keep FOLDER]

The files are written with a fixed seed: the same bytes each time. Shown is the fastest of the rounds, which other work on the
machine disturbs least. Ends with 1 if a goal is missed.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

# name, format, benchmarks, samples, seconds, MB
WORKS = [
    ("go 10 000 x 10", "go", 10_000, 10, 1.0, 300),
    ("google 10 000 x 10", "google", 10_000, 10, 1.0, 300),
    ("nevaperf 10 000 x 10", "nevaperf", 10_000, 10, 1.0, 300),
    ("hyperfine 10 000 x 10", "hyperfine", 10_000, 10, 1.0, 300),
    ("pyperf 10 000 x 10", "pyperf", 10_000, 10, 1.0, 300),
    ("nanobench 10 000 x 10", "nanobench", 10_000, 10, 1.0, 300),
    ("criterion 1 000 x 10", "criterion", 1_000, 10, 1.0, 300),
    ("go 100 000 results", "go", 100_000, 1, 3.0, 300),
    ("google 100 000 results", "google", 100_000, 1, 3.0, 300),
    ("go 1 000 x 30", "go", 1_000, 30, 0.05, 300),
    ("google 1 000 x 30", "google", 1_000, 30, 0.05, 300),
    ("nevaperf 1 000 x 30", "nevaperf", 1_000, 30, 0.05, 300),
]


def samples(rng, count):
    """Seconds around a middle of its own for each benchmark, 2% apart."""
    middle = 10 ** rng.uniform(-8, -5)
    return [middle * rng.lognormvariate(0, 0.02) for _ in range(count)]


def go(path, rng, benchmarks, count):
    data = [samples(rng, count) for _ in range(benchmarks)]
    with open(path, "w", encoding="utf-8") as out:
        for k in range(count):
            out.write("goos: linux\ngoarch: amd64\npkg: example.org/p\ncpu: Example CPU\n")
            for i, values in enumerate(data):
                out.write(f"BenchmarkScenario/number={i}-8  \t  100000\t  {values[k] * 1e9:.4g} ns/op\n")
            out.write("PASS\n")


def google(path, rng, benchmarks, count):
    rows = []
    for i in range(benchmarks):
        for k, value in enumerate(samples(rng, count)):
            name = f"BM_scenario/number:{i}"
            rows.append({
                "name": name, "family_index": i, "per_family_instance_index": 0, "run_name": name, "run_type": "iteration",
                "repetitions": count, "repetition_index": k, "threads": 1, "iterations": 100000,
                "real_time": value * 1e9, "cpu_time": value * 0.99e9, "time_unit": "ns",
            })
    context = {"date": "2024-05-01T12:00:00+00:00", "host_name": "example", "num_cpus": 2, "library_build_type": "release"}
    path.write_text(json.dumps({"context": context, "benchmarks": rows}, indent=2))


def nevaperf(path, rng, benchmarks, count):
    scenarios = []
    for i in range(benchmarks):
        values = samples(rng, count)
        middle = sorted(values)[count // 2]
        metric = {"median": middle, "ci": [min(values), max(values)], "confidence": 0.9, "n": count,
                  "method": "order-statistic", "samples": values}
        scenarios.append({"name": f"scenario/number={i}", "metrics": {"sec/op": metric}})
    run = {"schema": "nevaperf.run/1", "id": "example", "created": "2024-05-01T12:00:00Z", "tool": "nevaperf",
           "environment": {}, "scenarios": scenarios, "warnings": []}
    path.write_text(json.dumps(run))


def hyperfine(path, rng, benchmarks, count):
    results = [{"command": f"program --number {i}", "times": samples(rng, count), "exit_codes": [0] * count}
               for i in range(benchmarks)]
    path.write_text(json.dumps({"results": results}, indent=2))


def pyperf(path, rng, benchmarks, count):
    result = [{"metadata": {"name": f"scenario_{i}"}, "runs": [{"values": [value]} for value in samples(rng, count)]}
              for i in range(benchmarks)]
    path.write_text(json.dumps({"benchmarks": result, "version": "1.0"}))


def nanobench(path, rng, benchmarks, count):
    results = []
    for i in range(benchmarks):
        values = samples(rng, count)
        results.append({"title": "benchmark", "name": f"scenario {i}", "unit": "op", "batch": 1,
                        "median(elapsed)": sorted(values)[count // 2],
                        "measurements": [{"iterations": 1000, "elapsed": value} for value in values]})
    path.write_text(json.dumps({"results": results}, indent=1))


def criterion(path, rng, benchmarks, count):
    for i in range(benchmarks):
        folder = path / f"scenario_{i}" / "new"
        folder.mkdir(parents=True)
        times = [value * 1e9 * 1000 for value in samples(rng, count)]
        (folder / "sample.json").write_text(json.dumps({"sampling_mode": "Flat", "iters": [1000.0] * count, "times": times}))
        (folder / "benchmark.json").write_text(json.dumps({"full_id": f"scenario {i}"}))
        one = {"point_estimate": times[0] / 1000}
        (folder / "estimates.json").write_text(json.dumps({"mean": one, "median": one, "std_dev": one}))


WRITERS = {writer.__name__: writer for writer in (go, google, nevaperf, hyperfine, pyperf, nanobench, criterion)}


def write(kind, path, benchmarks, count):
    """In a process of its own: until a child starts its program, its memory counts as that of its parent."""
    writer = multiprocessing.Process(
        target=WRITERS[kind], args=(path, random.Random(path.name), benchmarks, count)
    )
    writer.start()
    writer.join()
    if writer.exitcode != 0:
        sys.exit(f"bench_compare: cannot write {path}")


def measured(command):
    """Seconds, MB and status of a run."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - start, used.ru_maxrss / 1024, child.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nevaperf", required=True, type=pathlib.Path, help="the built program")
    parser.add_argument("--only", default="", help="works whose name contains this")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=pathlib.Path, help="leave the files in this folder")
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="nevaperf-compare-") as scratch:
        place = options.keep or pathlib.Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        print(f"{'work':<24}{'time':>10}{'goal':>10}{'memory':>10}{'goal':>10}")
        for name, kind, benchmarks, count, seconds, megabytes in WORKS:
            if options.only not in name:
                continue
            files = []
            for side in ("old", "new"):
                path = place / f"{kind}_{benchmarks}_{count}_{side}"
                files.append(path)
                if not path.exists():
                    write(kind, path, benchmarks, count)
            runs = [measured([options.nevaperf, "compare", *files]) for _ in range(options.rounds)]
            if any(status != 0 for _, _, status in runs):
                sys.exit(f"bench_compare: {name}: compare failed; run it by hand with --keep")
            took, used = min(run[0] for run in runs), max(run[1] for run in runs)
            is_missed = took > seconds or used > megabytes
            missed += is_missed
            print(f"{name:<24}{took:>8.3f} s{seconds:>8} s{used:>7.0f} MB{megabytes:>7} MB{'  missed' if is_missed else ''}",
                  flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
