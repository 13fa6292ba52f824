"""With a symbol of its own, and a SymPy number as the answer."""

EXERCISE = "symbolic_slope"

import sympy


def symbolic_slope(expression, at):
    w = sympy.symbols("w")
    return sympy.sympify(expression).diff(w).evalf(subs={w: at})
