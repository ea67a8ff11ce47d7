"""Writes gobench_values.txt: what benchstat's method gives for the two Go recordings, worked out here from scratch.

    gobench_values.py OLD NEW > gobench_values.txt

The median of each side with its order-statistic interval (95% or more), the exact two-sided Mann-Whitney p given the ties
(the smaller tail doubled, over all ways to deal the ranks), and the geomean of the medians above 0 of each unit. Benchmarks
are matched by package and name, then by name alone if that leaves one on each side.
"""

import collections
import fractions
import math
import sys

UNITS = {"ns/op": ("sec/op", 1e-9), "B/op": ("B/op", 1), "allocs/op": ("allocs/op", 1)}


def read(path):
    package, out = "", collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if line.startswith("pkg: "):
                package = words[1]
            elif line.startswith("Benchmark") and len(words) > 2:
                for value, unit in zip(words[2::2], words[3::2]):
                    name, factor = UNITS[unit]
                    out[package, words[0].removeprefix("Benchmark"), name].append(float(value) * factor)
    return out


def pairs(old, new):
    out = {key: key for key in old if key in new}
    by_name = collections.defaultdict(lambda: ([], []))
    for side, mine, other in ((0, old, new), (1, new, old)):
        for key in mine:
            if key not in other:
                by_name[key[1:]][side].append(key)
    out |= {old_keys[0]: new_keys[0] for old_keys, new_keys in by_name.values() if len(old_keys) == len(new_keys) == 1}
    return out


def median(values):
    values, half = sorted(values), len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def interval(values):
    """The narrowest symmetric pair of order statistics that covers the median with 95% or more."""
    n, best = len(values), 0
    for rank in range(1, n // 2 + 1):
        missing = 2 * sum(math.comb(n, k) for k in range(rank)) / 2**n
        if missing <= 0.05:
            best = rank
    values = sorted(values)
    return (values[best - 1], values[n - best]) if best else (values[0], values[-1])


def mann_whitney(a, b):
    values = sorted(a + b)
    doubled = {v: 2 * values.index(v) + values.count(v) + 1 for v in set(values)}
    ways = collections.Counter({(0, 0): 1})  # of how many chosen, and the sum of their doubled ranks
    for value in values:
        for (count, total), n in list(ways.items()):
            if count < len(a):
                ways[count + 1, total + doubled[value]] += n
    seen = sum(doubled[v] for v in a)
    sums = {total: n for (count, total), n in ways.items() if count == len(a)}
    low = sum(n for total, n in sums.items() if total <= seen)
    high = sum(n for total, n in sums.items() if total >= seen)
    return float(min(fractions.Fraction(2 * min(low, high), sum(sums.values())), 1))


def main():
    old, new = read(sys.argv[1]), read(sys.argv[2])
    logs = collections.defaultdict(list)
    print("# package name unit old low high new low high p (- where all values of both sides are one)")
    for before, after in sorted(pairs(old, new).items()):
        a, b = old[before], new[after]
        p = "-" if len(set(a)) == len(set(b)) == 1 and before[2] != "sec/op" else repr(mann_whitney(a, b))
        numbers = [median(a), *interval(a), median(b), *interval(b)]
        print(*before, *map(repr, numbers), p)
        if median(a) > 0 and median(b) > 0:
            logs[before[2]].append((math.log(median(a)), math.log(median(b))))
    for unit, both in sorted(logs.items()):
        means = [math.exp(sum(side) / len(both)) for side in zip(*both)]
        print("geomean", len(both), unit, *map(repr, means))


if __name__ == "__main__":
    main()
