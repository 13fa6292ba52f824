"""Formulas: expressions of SymPy as text in a closed grammar, and how that text is read.

Exists in the room as well, so it imports only the standard library. Nothing here knows SymPy, and nothing of a text is
ever evaluated by Python: how an expression becomes text, in the room, is `sympy_formula.py`, and what a formula comes
to for given numbers `judging/formulas.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

MAX_FORMULA: Final = 2_000  # characters; no parser can be held up by so few
MAX_PARTS: Final = 1_000
MAX_NESTED: Final = 60
MAX_FORMULA_DIGITS: Final = 300  # of a whole number in a formula

#: what has a value of its own; everything else that is a name is a symbol
CONSTANTS: Final = ("pi", "E", "I", "oo")
#: functions by the names that SymPy has for them, and of how many arguments; None: of one or more
FUNCTIONS: Final[dict[str, int | None]] = {
    **dict.fromkeys(
        ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"), 1
    ),
    **dict.fromkeys(("exp", "log", "sqrt", "Abs", "sign", "floor", "ceiling", "factorial", "gamma", "erf"), 1),
    "atan2": 2,
    "Heaviside": 1,
    "Max": None,
    "Min": None,
}
PIECEWISE: Final = "Piecewise"
#: the operators of a sum and of a product, each with what stands for the second one in a tree
_CHAINS: Final[tuple[tuple[str, dict[type[ast.operator], str]], ...]] = (
    ("+", {ast.Add: "", ast.Sub: "-"}),
    ("*", {ast.Mult: "", ast.Div: "/"}),
)
_COMPARED: Final[dict[type[ast.cmpop], str]] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression with symbols in it, as its text: "x**2 + sin(y)/2"."""

    source: str


@dataclass(frozen=True, slots=True)
class Applied:
    """An operator, a comparison or a function, and what it is applied to.

    "+" and "*" are applied to all parts of a sum or product, "-" and "/" to the one that is taken away or divided by.
    `PIECEWISE` is applied to values and conditions by turns; a condition may be the truth, which is "true" of nothing.
    """

    what: str
    to: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A symbol, or one of `CONSTANTS`."""

    name: str


#: a formula as it is read
Tree: TypeAlias = "Applied | Named | Fraction | float"


def read(source: str) -> Tree:
    """The formula as a tree. Raises ValueError, with what is wrong, for text that is none, or too large a one."""
    if len(source) > MAX_FORMULA:
        raise ValueError(f"a formula of more than {MAX_FORMULA} characters")
    try:
        body = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("it is no expression") from None
    return _Reader().tree(body, 0)


def symbols(tree: Tree) -> frozenset[str]:
    """The symbols in it."""
    return frozenset(_symbols(tree))


def _symbols(tree: Tree) -> Iterator[str]:
    match tree:
        case Named(name=name) if name not in CONSTANTS:
            yield name
        case Applied(to=to):
            for each in to:
                yield from _symbols(each)


def is_symbol(name: str) -> bool:
    """Whether a symbol may be called that in a formula."""
    taken = name in CONSTANTS or name in FUNCTIONS or name == PIECEWISE
    return name.isidentifier() and not taken and name not in ("True", "False", "None") and _is_no_keyword(name)


def _is_no_keyword(name: str) -> bool:
    try:
        return isinstance(ast.parse(name, mode="eval").body, ast.Name)
    except (SyntaxError, ValueError):
        return False


class _Reader:
    """Counts parts while it descends."""

    def __init__(self) -> None:
        self._parts = 0

    def tree(self, node: ast.expr, depth: int) -> Tree:
        self._parts += 1
        if self._parts > MAX_PARTS or depth > MAX_NESTED:
            raise ValueError(f"more than {MAX_PARTS} parts, or nested more than {MAX_NESTED} deep")
        match node:
            case ast.Constant(value=value) if type(value) is int and abs(value) < 10**MAX_FORMULA_DIGITS:
                return Fraction(value)
            case ast.Constant(value=value) if type(value) is float:
                return value
            case ast.Name(id=name) if name in CONSTANTS or is_symbol(name):
                return Named(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Applied("-", (self.tree(operand, depth + 1),))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.tree(operand, depth + 1)
            case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
                return Applied("**", (self.tree(base, depth + 1), self.tree(exponent, depth + 1)))
            case ast.BinOp():
                return self._chain(node, depth)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if _takes(name, len(args)):
                return Applied(name, tuple(self.tree(each, depth + 1) for each in args))
            case ast.Call(func=ast.Name(id=name), args=[_, *_] as pairs, keywords=[]) if name == PIECEWISE:
                return Applied(PIECEWISE, tuple(part for each in pairs for part in self._piece(each, depth + 1)))
            case _:
                raise ValueError(f"{type(node).__name__} is no part of a formula")

    def _chain(self, node: ast.BinOp, depth: int) -> Tree:
        """A sum or a product with all of its parts, which are written without brackets and read from the left."""
        what, how = next(((what, how) for what, how in _CHAINS if type(node.op) in how), ("", {}))
        if not what:
            raise ValueError(f"{type(node.op).__name__} is no part of a formula")
        parts: list[Tree] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and type(left.op) in how:
            part = self.tree(left.right, depth + 1)
            parts.append(Applied(how[type(left.op)], (part,)) if how[type(left.op)] else part)
            left = left.left
        return Applied(what, (self.tree(left, depth + 1), *reversed(parts)))

    def _piece(self, node: ast.expr, depth: int) -> tuple[Tree, Tree]:
        match node:
            case ast.Tuple(elts=[value, ast.Constant(value=True)]):
                return self.tree(value, depth), Applied("true", ())
            case ast.Tuple(elts=[value, ast.Compare(left=left, ops=[how], comparators=[right])]) if (
                type(how) in _COMPARED
            ):
                sides = self.tree(left, depth), self.tree(right, depth)
                return self.tree(value, depth), Applied(_COMPARED[type(how)], sides)
            case _:
                raise ValueError("a case that is no value with a comparison")


def _takes(name: str, count: int) -> bool:
    return name in FUNCTIONS and count > 0 and FUNCTIONS[name] in (None, count)
