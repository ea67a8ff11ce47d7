#!/usr/bin/env python3
"""Measures the peers beside each other and prints their ratios; scripts/bench_peers builds them and calls this.

Each measurement is a process of its own, pinned to one CPU. Rounds are interleaved (ABC, BCA, CAB, ...), and a ratio is
taken inside a round: what disturbs the machine for a while disturbs all peers alike. Times are CPU times of the process,
so what other programs take from the CPU does not count; columns that say "wall" are wall-clock time.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

FORMAT = "nevaperf.peers/1"
TIMEOUT_S = 300
INSTALL = {"Go": "golang-go", "CAF": "libcaf-dev"}

# Work: what it is, and what it should cost at most (ns for an operation), as the project's goals say.
WORKS = {
    "hop": ("one message, node to node", 15),
    "ping_pong": ("there and back", 30),
    "pipeline_8": ("one message through 8 nodes", 110),
    "pipeline_100": ("one message through 100 nodes", None),
    "fan_in_16": ("one message from one of 16", 30),
    "fan_in_16_select": ("the same; in Go a select of 16 cases", 30),
    "fan_out_16": ("one message to 16", None),
    "select_2": ("one message from one of 2", 120),
    "two_input": ("int_is_lesser: 2 in, 1 out", 60),
    "struct_3": ("struct of 3 fields: 3 in, 1 out", 120),
}
# Where a peer has one program for two works.
SAME_WORK = {("ours", "fan_in_16_select"): "fan_in_16", ("CAF", "fan_in_16_select"): "fan_in_16"}
IDLE_GOALS = {"idle_node_bytes": 400, "idle_node_wiring": 2000}
COARSE, FINE = "coarse_10us", "pipeline_8"
# On two workers; those after the first are works of ours only.
SHAPES = {
    COARSE: "10 us of work a message, 4 nodes in turn",
    "coarse_dealt_3": "the same, 3 nodes",
    "coarse_pipeline_2": "2 such nodes, one after the other",
    "coarse_pipeline_4": "4 such nodes, one after the other",
    "coarse_pipeline_8": "8 such nodes, one after the other",
    "coarse_fork_join_4": "4 such nodes, side by side",
    FINE: "fine-grained",
}
SPEED_UP_GOAL, SLOW_DOWN_GOAL = 1.85, 1.1


class Peer:
    """A program that measures works. `path` is None where it could not be built."""

    def __init__(self, name, path, environment=None, arguments=(), pinned=True):
        self.name = name
        self.command = [str(path), *arguments] if path else None
        self.environment = {**os.environ, **(environment or {})}
        self.pinned = pinned

    def measure(self, work, *arguments):
        """{name: (CPU ns, wall ns)} of the lines that the peer prints; empty, with a warning, if it fails."""
        result = run(
            [*self.command, *arguments, SAME_WORK.get((self.name, work), work)], self.environment, self.pinned
        )
        if result is None:
            return {}
        found = {}
        for line in result.splitlines():
            parts = line.split()
            if len(parts) == 3:
                found[parts[0]] = (float(parts[1]), float(parts[2]))
        return found


WARNINGS = []


def warn(text):
    if text not in WARNINGS:
        WARNINGS.append(text)


@contextlib.contextmanager
def pinned_to_one_cpu(wanted=True):
    """What starts meanwhile inherits the CPU. Setting it in the child would need a full fork, which costs the child time."""
    allowed = os.sched_getaffinity(0)
    if wanted:
        os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def run(command, environment, pinned):
    """What a command printed; None, with a warning, if it failed or took too long."""
    name = pathlib.Path(command[0]).name + " " + " ".join(command[1:])
    try:
        with pinned_to_one_cpu(pinned):
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=TIMEOUT_S, check=False,
            )
    except subprocess.TimeoutExpired:
        warn(f"{name}: stopped after {TIMEOUT_S} s: run it by hand to see where it hangs")
        return None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        warn(f"{name}: failed with status {done.returncode}: {last}: run it by hand")
        return None
    return done.stdout


def rotated(peers, round_number):
    start = round_number % len(peers)
    return peers[start:] + peers[:start]


class Samples:
    """Per work, round and peer: the CPU and wall ns of an operation."""

    def __init__(self):
        self.values = {}

    def add(self, work, round_number, peer, measured):
        self.values.setdefault((work, peer), {})[round_number] = measured

    def median(self, work, peer, clock=0):
        of_rounds = self.values.get((work, peer), {})
        return statistics.median(v[clock] for v in of_rounds.values()) if of_rounds else None

    def best(self, work, peer, clock=0):
        of_rounds = self.values.get((work, peer), {})
        return min(v[clock] for v in of_rounds.values()) if of_rounds else None

    def ratio(self, work, one, other, clock=0):
        """Median, smallest and largest of one / other over the rounds that have both."""
        a, b = self.values.get((work, one), {}), self.values.get((work, other), {})
        ratios = [a[r][clock] / b[r][clock] for r in a if r in b and b[r][clock] > 0]
        if not ratios:
            return None
        return {"median": statistics.median(ratios), "min": min(ratios), "max": max(ratios)}

    def business(self):
        """How much longer than its CPU time a measurement took, in the middle of all pinned ones."""
        return statistics.median(
            wall / cpu for of_rounds in self.values.values() for cpu, wall in of_rounds.values() if cpu > 0
        )


def measure_works(peers, works, rounds, ms, progress):
    samples = Samples()
    for number in range(rounds):
        for work in works:
            for peer in rotated(peers, number):
                progress(f"round {number + 1} of {rounds}: {work}")
                for measured in peer.measure(work, "--ms", str(ms)).values():
                    samples.add(work, number, peer.name, measured)
    return samples


def works_of(peer):
    listed = run([*peer.command, "--list"], peer.environment, False)
    return listed.split() if listed else []


def passing_rows(samples, works):
    rows = []
    for work in works:
        what, goal = WORKS[work]
        ours = samples.median(work, "ours")
        rows.append({
            "work": work, "what": what, "goal_ns": goal,
            "ours_ns": ours, "go_ns": samples.median(work, "Go"), "caf_ns": samples.median(work, "CAF"),
            "go_2_threads_wall_ns": samples.median(work, "Go, 2 threads", clock=1),
            "ours_to_go": samples.ratio(work, "ours", "Go"),
            "ours_to_caf": samples.ratio(work, "ours", "CAF"),
            "met": None if goal is None or ours is None else ours <= goal,
        })
    return rows


def measure_idle_nodes(peers, nodes, rounds, progress):
    samples = Samples()
    for number in range(rounds):
        for peer in rotated(peers, number):
            progress(f"idle nodes, round {number + 1} of {rounds}")
            for name, measured in peer.measure("idle_nodes", "--nodes", str(nodes)).items():
                samples.add(name, number, peer.name, measured)
    return [{
        "work": name, "goal": goal,
        "ours": samples.median(name, "ours"), "go": samples.median(name, "Go"),
        "caf": samples.median(name, "CAF"),
        "ours_to_go": samples.ratio(name, "ours", "Go"),
        "met": None if samples.median(name, "ours") is None else samples.median(name, "ours") <= goal,
    } for name, goal in IDLE_GOALS.items()]


def measure_workers(ours, go, rounds, ms, progress):
    """Wall-clock time with two threads against one: coarse work should get faster, fine-grained work not slower."""
    rows = []
    for work, what in SHAPES.items():
        for peer, one, two in ((ours, {}, ("--workers", "2")), (go, {"GOMAXPROCS": "1"}, ())):
            if peer is None or (peer is go and work not in (COARSE, FINE)):
                continue
            samples = Samples()
            pair = (
                Peer("1", peer, one, ("--workers", "1") if two else ()),
                Peer("2", peer, {} if two else {"GOMAXPROCS": "2"}, two),
            )
            for p in pair:
                p.pinned = False
            for number in range(rounds):
                for p in rotated(list(pair), number):
                    progress(f"{work} on {p.name} worker(s), round {number + 1} of {rounds}")
                    for measured in p.measure(work, "--ms", str(ms)).values():
                        samples.add(work, number, p.name, measured)
            rows.append({
                "work": work, "what": what, "peer": "ours" if two else "Go",
                "one_wall_ns": samples.best(work, "1", 1), "two_wall_ns": samples.best(work, "2", 1),
            })
    for row in rows:
        one, two = row["one_wall_ns"], row["two_wall_ns"]
        row["speed_up"] = one / two if one and two else None
        row["met"] = None
        if row["speed_up"] is not None and row["peer"] == "ours":
            row["met"] = row["speed_up"] >= (1 / SLOW_DOWN_GOAL if row["work"] == FINE else SPEED_UP_GOAL)
    return rows


def process_times(command):
    """(CPU ms, wall ms) of a whole process; None if it failed."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    with pinned_to_one_cpu():
        start = time.perf_counter()
        child = os.posix_spawnp(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, fd) for fd in (0, 1)]
        )
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - start
    os.close(nowhere)
    if status != 0:
        warn(f"{' '.join(map(str, command))}: failed with status {os.waitstatus_to_exitcode(status)}: run it by hand")
        return None
    return (used.ru_utime + used.ru_stime) * 1e3, wall * 1e3


def measure_processes(commands, rounds, progress):
    times = {name: [] for name, _, _ in commands}
    for number in range(rounds):
        for name, command, _ in rotated(commands, number):
            progress(f"whole processes, round {number + 1} of {rounds}")
            measured = process_times(command)
            if measured is not None:
                times[name].append(measured)
    rows = []
    for name, _, goal in commands:
        got = times[name]
        cpu = statistics.median(t[0] for t in got) if got else None
        rows.append({
            "process": name, "goal_ms": goal, "cpu_ms": cpu,
            "wall_ms": min(t[1] for t in got) if got else None,
            "met": None if goal is None or cpu is None else cpu <= goal,
        })
    return rows


GO_LINE = re.compile(r"Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op")


def recorded_figures(folder):
    """{name: median ns} over all recordings in a folder of `go test -bench` output; empty, with a warning, if none."""
    if folder is None or not folder.is_dir():
        warn(f"recorded Go figures: skipped: there is no folder {folder or 'of them'}")
        return {}
    figures = {}
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(errors="replace").splitlines():
            found = GO_LINE.match(line)
            if found:
                figures.setdefault(found[1], []).append(float(found[2]))
    if not figures:
        warn(f"recorded Go figures: skipped: no file {folder}/*.txt has a line of `go test -bench`")
    return {name: statistics.median(values) for name, values in figures.items()}


def measure_mirrored(ours, go, wanted, rounds, ms, figures, progress):
    """Neva's own benchmarks by name; `go` knows some of them, as plain Go without the Neva runtime."""
    known = works_of(go) if go.command else []
    samples = Samples()
    works = [w for w in works_of(ours) if w not in WORKS and w not in SHAPES and wanted(w)]
    for number in range(rounds):
        for work in works:
            for peer in rotated([ours, go] if work in known else [ours], number):
                progress(f"Neva's benchmarks, round {number + 1} of {rounds}: {work}")
                for measured in peer.measure(work, "--ms", str(ms)).values():
                    samples.add(work, number, peer.name, measured)
    rows = []
    for work in works:
        mine, recorded = samples.median(work, "ours"), figures.get(work)
        rows.append({
            "work": work, "ours_ns": mine, "plain_go_ns": samples.median(work, "Go"),
            "ours_to_plain_go": samples.ratio(work, "ours", "Go"), "recorded_go_ns": recorded,
            "ours_to_recorded": mine / recorded if mine is not None and recorded else None,
        })
    return rows


def number(value, unit=""):
    if value is None:
        return "~"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}{unit}".replace(",", " ")


def spread(ratio):
    if ratio is None:
        return "~"
    return f"{ratio['median']:.3f} ({ratio['min']:.3f}-{ratio['max']:.3f})"


def verdict(row):
    return {True: "met", False: "NOT met", None: ""}[row["met"]]


def print_table(title, header, rows):
    widths = [max(len(str(r[i])) for r in [header, *rows]) for i in range(len(header))]
    print(f"\n{title}\n")
    for row in [header, *rows]:
        cells = [str(c).ljust(w) if i == 0 else str(c).rjust(w) for i, (c, w) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def print_report(report):
    how = f"{report['rounds']} interleaved rounds"
    print_table(
        f"Messages between nodes: CPU ns of an operation, one thread, median of {how}; ratios with smallest and largest",
        ["work", "ours", "Go", "CAF", "ours/Go", "ours/CAF", "Go, 2 threads (wall)", "goal", ""],
        [[r["work"], number(r["ours_ns"]), number(r["go_ns"]), number(r["caf_ns"]), spread(r["ours_to_go"]),
          spread(r["ours_to_caf"]), number(r["go_2_threads_wall_ns"]),
          "" if r["goal_ns"] is None else f"<= {r['goal_ns']}", verdict(r)] for r in report["passing"]],
    )
    if report["idle"]:
        print_table(
            f"{report['idle_nodes']} idle nodes, each with an input and an output: for one node",
            ["", "ours", "Go", "CAF", "ours/Go", "goal", ""],
            [[{"idle_node_bytes": "bytes in memory", "idle_node_wiring": "ns to make and start"}[r["work"]],
              number(r["ours"]), number(r["go"]), number(r["caf"]), spread(r["ours_to_go"]), f"<= {r['goal']}",
              verdict(r)] for r in report["idle"]],
        )
    if report["workers"]:
        goals = {**dict.fromkeys(SHAPES, f">= {SPEED_UP_GOAL}"), FINE: f">= {1 / SLOW_DOWN_GOAL:.2f}"}
        print_table(
            "Two threads against one: wall ns of an operation, best of the rounds",
            ["work", "what", "peer", "one", "two", "speed-up", "goal", ""],
            [[r["work"], r["what"], r["peer"], number(r["one_wall_ns"]), number(r["two_wall_ns"]),
              number(r["speed_up"]), goals[r["work"]] if r["peer"] == "ours" else "", verdict(r)]
             for r in report["workers"]],
        )
    if report["processes"]:
        print_table(
            "Whole processes: median CPU time, best wall time",
            ["", "CPU", "wall", "goal", ""],
            [[r["process"], number(r["cpu_ms"], " ms"), number(r["wall_ms"], " ms"),
              "" if r["goal_ms"] is None else f"<= {r['goal_ms']} ms", verdict(r)] for r in report["processes"]],
        )
    if report["mirrored"]:
        print_table(
            "Neva's own benchmarks by name: CPU ns of an operation (files: wall ns). Plain Go: the bare loop or map, "
            "measured here. Neva in Go: indicative: recorded on another run",
            ["benchmark", "ours", "plain Go", "ours/plain", "Neva in Go", "ours/Neva in Go", ""],
            [[r["work"], number(r["ours_ns"]), number(r["plain_go_ns"]), spread(r["ours_to_plain_go"]),
              number(r["recorded_go_ns"]),
              "~" if r["ours_to_recorded"] is None else f"{r['ours_to_recorded']:.3f}",
              "slower" if (r["ours_to_recorded"] or 0) > 1 else ""] for r in report["mirrored"]],
        )
    if report["warnings"]:
        print()
    for text in report["warnings"]:
        print(f"warning: {text}")


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench_peers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, help="interleaved rounds (default 11; 3 with --quick)")
    parser.add_argument("--quick", action="store_true", help="short measurements, few rounds: a first look")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--only", action="append", metavar="TEXT", help="only works whose name contains TEXT")
    for program in ("ours", "go", "caf", "nevaperf", "programs", "recorded"):
        parser.add_argument(f"--{program}", type=pathlib.Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.rounds is not None and arguments.rounds < 1:
        parser.error("--rounds needs a number from 1 on")
    return arguments


def main():
    arguments = parse_arguments()
    rounds = arguments.rounds or (3 if arguments.quick else 11)
    ms = 10 if arguments.quick else 50
    nodes = 100_000 if arguments.quick else 1_000_000

    def progress(text):
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def wanted(name):
        return not arguments.only or any(text in name for text in arguments.only)

    for name, path in (("Go", arguments.go), ("CAF", arguments.caf)):
        if path is None:
            warn(f"{name} was not measured: install it with 'apt-get install {INSTALL[name]}' and start again")
    ours = Peer("ours", arguments.ours)
    go = Peer("Go", arguments.go, {"GOMAXPROCS": "1"})
    go_2 = Peer("Go, 2 threads", arguments.go, {"GOMAXPROCS": "2"}, pinned=False)
    caf = Peer("CAF", arguments.caf)
    peers = [p for p in (ours, go, caf, go_2) if p.command]

    works = [w for w in WORKS if wanted(w)]
    samples = measure_works(peers, works, rounds, ms, progress)
    processes = [("a process that does nothing", ["true"], None)]
    if arguments.nevaperf:
        for text, file, goal in (("nevaperf run, a program that ends at once", "nothing.json", None),
                                 ("nevaperf run, a stream of 100 000 integers", "range.json", 20)):
            processes.append((text, [arguments.nevaperf, "run", arguments.programs / file], goal))
    report = {
        "format": FORMAT, "rounds": rounds, "idle_nodes": nodes,
        "passing": passing_rows(samples, works),
        "idle": measure_idle_nodes([p for p in (ours, go, caf) if p.command], nodes, min(rounds, 3), progress)
                if wanted("idle_nodes") else [],
        "workers": measure_workers(arguments.ours, arguments.go, min(rounds, 5), ms, progress)
                   if wanted(COARSE) else [],
        "processes": measure_processes(processes, max(rounds, 5), progress) if wanted("processes") else [],
        "mirrored": measure_mirrored(ours, go, wanted, min(rounds, 5), min(ms, 20),
                                     recorded_figures(arguments.recorded), progress),
    }
    progress("")
    busy = samples.business() if samples.values else 1
    if busy > 1.2:
        warn(f"the machine was busy: measurements took {busy:.1f} x their CPU time; trust the ratios, and run again "
             "alone for wall times")
    report["warnings"] = WARNINGS
    if arguments.format == "json":
        json.dump(report, sys.stdout, indent=1)
        print()
    else:
        print_report(report)
    return 1 if any(row["ours_ns"] is None for row in report["passing"]) else 0


if __name__ == "__main__":
    sys.exit(main())
