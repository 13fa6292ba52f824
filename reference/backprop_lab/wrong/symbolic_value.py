"""Puts the number in without deriving."""

EXERCISE = "symbolic_slope"
LOSES = ("example", "drawn")
HINT = "This is the value of the expression, not its slope. Which step comes before the number is put in?"

import sympy


def symbolic_slope(expression, at):
    return float(sympy.sympify(expression).subs("w", at))
