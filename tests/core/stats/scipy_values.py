#!/usr/bin/env python3
"""Writes scipy_values.txt beside this file: what SciPy computes, for the tests of core/stats to agree with.

    scipy_values.py          needs python3-scipy; the tests do not, they read the committed file

A line is `kind|first set|second set|values`, numbers separated by spaces, with all their digits.
"""

import itertools
import pathlib
import random

import numpy
from scipy import stats

LINES = []


def add(kind, first, second, values):
    def text(numbers):
        return " ".join(repr(float(one)) for one in numbers)

    LINES.append(f"{kind}|{text(first)}|{text(second)}|{text(values)}")


def log_normal(chance, n, shift=0.0, digits=None):
    values = [chance.lognormvariate(shift, 0.3) for _ in range(n)]
    return [round(value, digits) for value in values] if digits is not None else values


def u_statistic(a, b):
    return stats.mannwhitneyu(a, b).statistic


def exact_with_ties(a, b):
    """The permutation distribution of U, its tail on the side of the observed value doubled."""
    values = numpy.array(a + b)
    ranks = stats.rankdata(values)
    least = len(a) * (len(a) + 1) / 2
    observed = u_statistic(a, b)
    all_u = [sum(ranks[list(chosen)]) - least for chosen in itertools.combinations(range(len(values)), len(a))]
    below = observed <= len(a) * len(b) / 2
    tail = sum(u <= observed if below else u >= observed for u in all_u) / len(all_u)
    return min(1.0, 2 * tail)


def signed_rank_exact(differences):
    """All signs, with ties."""
    kept = [one for one in differences if one != 0]
    ranks = stats.rankdata(numpy.abs(kept))
    observed = sum(rank for rank, one in zip(ranks, kept) if one > 0)
    low = min(observed, sum(ranks) - observed)
    sums = [sum(itertools.compress(ranks, signs)) for signs in itertools.product((0, 1), repeat=len(kept))]
    return observed, min(1.0, 2 * sum(one <= low for one in sums) / len(sums))


def main():
    chance = random.Random(20240501)
    for n_a, n_b in [(1, 1), (2, 3), (5, 5), (6, 6), (10, 10), (10, 7), (20, 20), (12, 30), (50, 50), (3, 50)]:
        for shift in (0.0, 0.1, 0.3):
            a, b = log_normal(chance, n_a), log_normal(chance, n_b, shift)
            found = stats.mannwhitneyu(a, b, method="exact")
            add("mann_whitney_exact", a, b, [found.statistic, found.pvalue])
    for n_a, n_b in [(3, 3), (6, 6), (8, 8), (5, 9), (10, 4)]:
        for shift in (0.0, 0.2, 0.5):
            a, b = log_normal(chance, n_a, 0, 1), log_normal(chance, n_b, shift, 1)
            add("mann_whitney_ties", a, b, [u_statistic(a, b), exact_with_ties(a, b)])
    for n_a, n_b, digits in [(60, 51, None), (30, 26, 1), (80, 80, 1), (26, 200, 2)]:
        a, b = log_normal(chance, n_a, 0, digits), log_normal(chance, n_b, 0.08, digits)
        found = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
        add("mann_whitney_normal", a, b, [found.statistic, found.pvalue])
    for n in (1, 4, 6, 10, 25, 50):
        for shift in (0.0, 0.1, 0.4):
            differences = [chance.gauss(shift, 0.5) for _ in range(n)]
            positive = stats.wilcoxon(differences, alternative="greater", mode="exact").statistic
            add("wilcoxon_exact", differences, [], [positive, stats.wilcoxon(differences, mode="exact").pvalue])
    for n in (5, 8, 12):
        for shift in (0.0, 0.3):
            differences = [round(chance.gauss(shift, 0.4), 1) for _ in range(n)]
            add("wilcoxon_exact", differences, [], signed_rank_exact(differences))
    for n, digits in [(51, None), (60, 1), (200, 1)]:
        differences = [chance.gauss(0.1, 0.5) for _ in range(n)]
        if digits is not None:
            differences = [round(one, digits) for one in differences]
        positive = stats.wilcoxon(differences, alternative="greater", mode="approx").statistic
        found = stats.wilcoxon(differences, correction=True, mode="approx")
        add("wilcoxon_normal", differences, [], [positive, found.pvalue])
    for n, m in [(1, 1), (4, 5), (10, 10), (21, 30)]:
        a, b = log_normal(chance, n), log_normal(chance, m, 0.2)
        add("hodges_lehmann", a, b, [numpy.exp(numpy.median(numpy.subtract.outer(numpy.log(b), numpy.log(a))))])
    for n in (12, 40):
        values = log_normal(chance, n)
        found = stats.bootstrap(
            (values,), numpy.mean, confidence_level=0.95, n_resamples=200_000, method="BCa", batch=10_000,
            random_state=numpy.random.default_rng(1),
        ).confidence_interval
        add("bca_mean", values, [], [found.low, found.high])
    text = "# written by scipy_values.py: kind|first set|second set|values\n" + "\n".join(LINES) + "\n"
    pathlib.Path(__file__).with_suffix(".txt").write_text(text)


if __name__ == "__main__":
    main()
