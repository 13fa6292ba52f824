"""Puts the number in first and derives what is left."""

EXERCISE = "symbolic_slope"
LOSES = ("example", "drawn")
HINT = "Every slope is 0. Once the number is in there is no w left: what must come first?"

import sympy


def symbolic_slope(expression, at):
    return float(sympy.diff(sympy.sympify(expression).subs("w", at), "w"))
