"""Formulas as an author writes them: `formula("x**2 + sin(y)")`, an expression of SymPy to student code."""

from __future__ import annotations

from grader.wall.formula import CONSTANTS, FUNCTIONS, Formula, read


def formula(source: str) -> Formula:
    """An expression with symbols, which student code gets as one of SymPy: the lab says `runtime="sympy"`.

    Names are symbols, but for `pi`, `E`, `I`, `oo` and functions as `sin`. Raises ValueError for another text.
    """
    try:
        read(source)
    except ValueError as error:
        known = ", ".join((*CONSTANTS, *FUNCTIONS, "Piecewise"))
        raise ValueError(f"formula: {source[:80]!r} is none ({error}). Beside symbols there are {known}.") from None
    return Formula(source)
