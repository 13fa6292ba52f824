"""Leaves the constant in the inner slope."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = "In dv/dx there is still a 1. What is the slope of a constant?"


def chain_rule(x):
    v = x**2 + 1
    dv_dx = 2 * x + 1
    return 3 * v**2, dv_dx, 3 * v**2 * dv_dx
