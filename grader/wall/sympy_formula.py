"""How expressions of SymPy become formulas, and formulas expressions. Nothing here imports it: who has one has SymPy.

Exists in the room as well, where both happen. What a class of a student's tells of itself is a claim like all that a
room says: the judge reads the text by its own grammar.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from grader.message import say
from grader.wall.formula import (
    CONSTANTS,
    FUNCTIONS,
    MAX_FORMULA,
    MAX_FORMULA_DIGITS,
    MAX_NESTED,
    MAX_PARTS,
    PIECEWISE,
    Applied,
    Formula,
    Named,
    Tree,
    is_symbol,
    read,
)
from grader.wall.unsupported import UnsupportedValueError


def formula_of(thing: Any) -> Formula:
    """The formula of an expression with symbols in it. Raises UnsupportedValueError if something in it is not in the
    grammar, or if it is too large."""
    text = _Writer().text(thing, 0)
    if len(text) > MAX_FORMULA:
        raise UnsupportedValueError(say("long_formula", most=MAX_FORMULA))
    return Formula(ast.unparse(ast.parse(text, mode="eval")))  # with as few brackets as it needs


class _Writer:
    """Counts parts while it descends: what is shared within an expression is written out each time."""

    def __init__(self) -> None:
        self._sympy = sys.modules["sympy"]
        self._parts = 0

    def text(self, thing: Any, depth: int) -> str:
        self._parts += 1
        if self._parts > MAX_PARTS or depth > MAX_NESTED // 2:
            raise UnsupportedValueError(say("long_formula", most=MAX_FORMULA))
        sympy, kind = self._sympy, type(thing)

        def inner(part: Any) -> str:
            return self.text(part, depth + 1)

        if issubclass(kind, sympy.Symbol) and is_symbol(str(thing.name)):
            return str(thing.name)
        if issubclass(kind, sympy.Number):
            return self._number(thing)
        if (constant := self._constant(thing)) is not None:
            return constant
        if issubclass(kind, sympy.Add):
            return _bracketed(" + ", map(inner, thing.as_ordered_terms()))
        if issubclass(kind, sympy.Mul):
            return _bracketed(" * ", map(inner, thing.as_ordered_factors()))
        if issubclass(kind, sympy.Pow):
            return self._power(thing, inner)
        if issubclass(kind, sympy.Piecewise):
            cases = (f"({inner(value)}, {self._condition(when, inner)})" for value, when in thing.args)
            return f"{PIECEWISE}({', '.join(cases)})"
        if kind.__name__ in FUNCTIONS and kind is getattr(sympy, kind.__name__, None):
            return f"{kind.__name__}({', '.join(map(inner, thing.args))})"
        raise _strange(kind.__name__)

    def _number(self, number: Any) -> str:
        sympy = self._sympy
        if number.is_Rational:
            above, below = int(number.p), int(number.q)
            if max(abs(above), below) >= 10**MAX_FORMULA_DIGITS:
                raise UnsupportedValueError(say("large_number", most=MAX_FORMULA_DIGITS))
            return f"({above}/{below})" if below != 1 else f"({above})" if above < 0 else str(above)
        if number in (sympy.oo, -sympy.oo):
            return "oo" if number == sympy.oo else "(-oo)"
        if number.is_Float:
            return f"({float(number)!r})"
        raise _strange(type(number).__name__)

    def _constant(self, thing: Any) -> str | None:
        return next((name for name in CONSTANTS if thing is getattr(self._sympy, name)), None)

    def _power(self, power: Any, inner: Callable[[Any], str]) -> str:
        base, exponent = power.args
        if exponent == self._sympy.S.Half:
            return f"sqrt({inner(base)})"
        return f"(1/{inner(base)})" if exponent == -1 else f"({inner(base)}**{inner(exponent)})"

    def _condition(self, when: Any, inner: Callable[[Any], str]) -> str:
        sympy = self._sympy
        if when is sympy.true:
            return "True"
        kinds = {sympy.StrictLessThan: "<", sympy.LessThan: "<=", sympy.StrictGreaterThan: ">", sympy.GreaterThan: ">="}
        if type(when) not in kinds:
            raise _strange(type(when).__name__)
        return f"{inner(when.lhs)} {kinds[type(when)]} {inner(when.rhs)}"


def _bracketed(operator: str, parts: Iterable[str]) -> str:
    return f"({operator.join(parts)})"


def _strange(what: str) -> UnsupportedValueError:
    return UnsupportedValueError(say("symbolic_with", what=what[:80]))


def sympy_of(formula: Formula) -> Any:
    """The expression that a formula stands for. Raises ImportError where SymPy is not installed."""
    import sympy  # type: ignore[import-untyped]  # in a room, and at home where students practise

    return _built(sympy, read(formula.source))


def _built(sympy: Any, tree: Tree) -> Any:
    match tree:
        case Fraction():
            return sympy.Rational(tree.numerator, tree.denominator)
        case float():
            return sympy.Float(tree)
        case Named(name=name):
            return getattr(sympy, name) if name in CONSTANTS else sympy.Symbol(name)
        case Applied(what=what, to=to):
            return _applied(sympy, what, [_built(sympy, each) for each in to])


def _applied(sympy: Any, what: str, parts: list[Any]) -> Any:
    match what, parts:
        case "+", _:
            return sympy.Add(*parts)
        case "*", _:
            return sympy.Mul(*parts)
        case "-", [one]:
            return -one
        case "/", [one]:
            return 1 / one
        case "**", [one, other]:
            return one**other
        case "true", []:
            return sympy.true
        case (("<" | "<=" | ">" | ">="), [one, other]):
            return sympy.Rel(one, other, what)
        case "Piecewise", _:
            return sympy.Piecewise(*zip(parts[::2], parts[1::2], strict=True))
        case _:
            return getattr(sympy, what)(*parts)
