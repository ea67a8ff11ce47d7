#!/usr/bin/env python3
"""Counts allocations and instructions of an operation: the difference of two runs, so that the set-up cancels.

Allocations are exact. Instructions are counted by valgrind's callgrind: they repeat on any machine, but belong to one
compiler and its options. A budget file holds what an operation may cost; --check compares with it.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FORMAT = "nevaperf.counts/1"
OPERATIONS = {"allocations": 5_000, "instructions": 20_000}
TOLERANCE = 0.02
COLLECTED = re.compile(r"Collected : (\d+)")


def fail(text):
    print(f"error: {text}", file=sys.stderr)
    sys.exit(2)


def output_of(command):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        fail(f"{' '.join(map(str, command))}: status {done.returncode}: {done.stderr.strip()}")
    return done


def allocations(program, work):
    """(allocations, bytes) of an operation."""
    n = OPERATIONS["allocations"]
    once, twice = (
        [int(word) for word in output_of([program, work, str(count)]).stdout.split()] for count in (n, 2 * n)
    )
    return tuple((b - a) / n for a, b in zip(once, twice))


def instructions(program, work):
    n = OPERATIONS["instructions"]
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (n, 2 * n):
            done = output_of([
                "valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, work, str(count)
            ])
            found = COLLECTED.search(done.stderr)
            if not found:
                fail("valgrind did not say how many instructions it saw: run it by hand")
            counts.append(int(found[1]))
    return (counts[1] - counts[0]) / n


def measure(program, works, count_instructions):
    rows = {}
    for work in works:
        count, size = allocations(program, work)
        rows[work] = {"allocations": count, "bytes": size}
        if count_instructions:
            rows[work]["instructions"] = round(instructions(program, work), 1)
    return rows


def faults(rows, budget):
    """What is worse than the budget, or not in it."""
    for work, row in rows.items():
        allowed = budget.get(work)
        if allowed is None:
            yield f"{work}: not in the budget: add it with --update"
            continue
        for what in ("allocations", "bytes"):
            if row[what] != allowed[what]:
                yield f"{work}: {row[what]:g} {what} an operation, the budget has {allowed[what]:g}"
        if "instructions" in row and "instructions" in allowed:
            if row["instructions"] > allowed["instructions"] * (1 + TOLERANCE):
                yield (f"{work}: {row['instructions']:g} instructions an operation, the budget has "
                       f"{allowed['instructions']:g}")
    for work in sorted(set(budget) - set(rows)):
        yield f"{work}: in the budget, but there is no such work: remove it with --update"


def read_budget(path):
    try:
        budget = json.loads(path.read_text())
        if budget["format"] != FORMAT:
            fail(f"{path}: format {budget['format']!r}, expected {FORMAT!r}: write it anew with --update")
        return budget["works"]
    except OSError as e:
        fail(f"{path}: {e.strerror}: write it with --update {path}")
    except (json.JSONDecodeError, KeyError, TypeError) as e:
        fail(f"{path}: not a budget ({e}): write it anew with --update {path}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/count_instructions", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allocations", action="store_true", help="only allocations: quick, without valgrind")
    parser.add_argument("--check", type=pathlib.Path, metavar="FILE", help="fail if anything costs more than FILE allows")
    parser.add_argument("--update", type=pathlib.Path, metavar="FILE", help="write what was counted as the new budget")
    parser.add_argument("--only", action="append", metavar="WORK", help="only this work")
    parser.add_argument("--program", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.allocations and not shutil.which("valgrind"):
        fail("no valgrind: install it with 'apt-get install valgrind', or count --allocations alone")

    works = output_of([arguments.program, "--list"]).stdout.split()
    for work in arguments.only or []:
        if work not in works:
            fail(f"no work '{work}': there are {', '.join(works)}")
    rows = measure(arguments.program, arguments.only or works, not arguments.allocations)

    print(f"{'an operation of':<16}{'allocations':>12}{'bytes':>8}{'instructions':>14}")
    for work, row in rows.items():
        print(f"{work:<16}{row['allocations']:>12g}{row['bytes']:>8g}{row.get('instructions', '~'):>14}")
    if arguments.update:
        text = ",\n".join(f'  {json.dumps(work)}: {json.dumps(row)}' for work, row in rows.items())
        arguments.update.write_text(f'{{"format": "{FORMAT}", "works": {{\n{text}\n}}}}\n')
    if arguments.check:
        budget = read_budget(arguments.check)
        if arguments.only:
            budget = {work: allowed for work, allowed in budget.items() if work in arguments.only}
        found = list(faults(rows, budget))
        for text in found:
            print(f"over budget: {text}")
        print(f"{len(rows)} works, {len(found)} over budget" if found else f"{len(rows)} works within budget")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
