"""Turns the derivative into a function."""

EXERCISE = "symbolic_slope"

import sympy


def symbolic_slope(expression, at):
    w = sympy.Symbol("w")
    slope = sympy.lambdify(w, sympy.diff(sympy.sympify(expression), w))
    return slope(at)
