"""Counts the places where a window can begin."""

EXERCISE = "output_size"


def output_size(n, f, p, s):
    return len(range(0, n + 2 * p - f + 1, s))
