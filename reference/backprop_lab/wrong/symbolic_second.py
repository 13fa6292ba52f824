"""Derives twice."""

EXERCISE = "symbolic_slope"
LOSES = ("example", "drawn")
HINT = "This is the slope of the slope. How often do you derive?"

import sympy


def symbolic_slope(expression, at):
    return float(sympy.diff(expression, "w", 2).subs("w", at))
