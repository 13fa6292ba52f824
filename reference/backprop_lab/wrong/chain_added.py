"""Adds the two slopes."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = "You added the two slopes. If v grows twice as fast as x, and u three times as fast as v, how fast does u grow?"


def chain_rule(x):
    v = x**2 + 1
    return 3 * v**2, 2 * x, 3 * v**2 + 2 * x
