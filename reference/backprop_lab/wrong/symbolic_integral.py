"""Integrates."""

EXERCISE = "symbolic_slope"
LOSES = ("example", "drawn")
HINT = "For w² you have a third power in there: that is the way up. Which SymPy function goes down, to the slope?"

import sympy


def symbolic_slope(expression, at):
    return float(sympy.integrate(sympy.sympify(expression), sympy.Symbol("w")).subs("w", at))
