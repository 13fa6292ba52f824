"""Writes the third slope out."""

EXERCISE = "chain_rule"


def chain_rule(x):
    return 3 * (x * x + 1) ** 2, 2 * x, 6 * x * (x * x + 1) ** 2
