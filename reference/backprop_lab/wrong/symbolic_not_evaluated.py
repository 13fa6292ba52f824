"""Always puts in 1."""

EXERCISE = "symbolic_slope"
LOSES = ("example", "drawn")
HINT = "The slope is right at w = 1, and you return it for every other place too. Where does `at` come in?"

import sympy


def symbolic_slope(expression, at):
    return float(sympy.diff(expression, "w").subs("w", 1))
