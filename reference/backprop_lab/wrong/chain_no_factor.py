"""Forgets the exponent that comes down in front."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = "A power loses one in its exponent, and something comes down in front of it. What is missing in du/dv?"


def chain_rule(x):
    v = x**2 + 1
    return v**2, 2 * x, v**2 * 2 * x
