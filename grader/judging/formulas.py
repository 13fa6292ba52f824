"""Whether two formulas agree: by structure, and else by what they come to at drawn points. No SymPy, no student's code.

Points are where the formula that is asked for is a real number; so `log(x**2)` agrees with `2*log(x)` if that is asked
for, which is one for positive x alone, and not the other way round.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.messages import Message, say
from grader.wall.formula import PIECEWISE, Applied, Formula, Named, Tree, read, symbols

Points: TypeAlias = npt.NDArray[np.complex128]
#: whether numbers (n,) are near those that are asked for
Near: TypeAlias = Callable[[npt.NDArray[Any], npt.NDArray[Any]], npt.NDArray[np.bool_]]

#: points that are drawn, and how many of them have to be of use
DRAWN: Final = 80
LEAST: Final = 8
#: the part of these at which a formula has to be a number, to be judged by these alone
MOST_KNOWN: Final = 0.75
_REACH: Final = 3.0
_MOST_NAMED: Final = 4


def formulas_differ(got: Formula | float, expected: Formula | float, near: Near, *, tells: bool) -> Message | None:
    """What is different about `got`; None if the two agree. `tells`: whether what is asked for may be quoted."""
    mine, asked = _tree(got), _tree(expected)
    if _in_order(mine) == _in_order(asked):
        return None
    places = _places(mine, asked)
    with np.errstate(all="ignore"):
        wanted, found = value_of(asked, places), value_of(mine, places)
    where = _of_use(wanted)
    if not where.any():
        return say("formula_differs")
    known = where & np.isfinite(found)  # x**400/x**399 is beyond floats at some places
    where = known if np.count_nonzero(known) >= MOST_KNOWN * np.count_nonzero(where) else where
    wrong = where & ~near(found, wanted)
    if not wrong.any():
        return None
    if more := sorted(symbols(mine) - symbols(asked)):
        return say("formula_symbols", names=", ".join(more[:_MOST_NAMED]))
    if not tells:
        return say("formula_differs")
    point = int(np.argmax(wrong))
    at = ", ".join(f"{name} = {values[point].real:.3g}" for name, values in sorted(places.items())[:_MOST_NAMED])
    return say("formula_differs_at", at=at, got=_short(found[point]), asked=_short(wanted[point]))


def _tree(given: Formula | float) -> Tree:
    return read(given.source) if isinstance(given, Formula) else float(given)


def _short(number: complex) -> str:
    return f"{number.real:.6g}" if abs(number.imag) <= 1e-9 * max(1.0, abs(number)) else f"{number:.6g}"


def _places(mine: Tree, asked: Tree) -> dict[str, Points]:
    """Where both are tried: numbers (DRAWN,) for each symbol, rounded so that they can be told, half of them positive.
    The same for the same two formulas."""
    names = sorted(symbols(mine) | symbols(asked))
    digest = hashlib.sha256(repr((mine, asked)).encode()).digest()
    drawn = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    half = DRAWN // 2
    return {
        name: np.round(np.concatenate([drawn.uniform(0.05, _REACH, half), drawn.uniform(-_REACH, _REACH, half)]), 2)
        + 0j
        for name in names
    }


def _of_use(wanted: Points) -> npt.NDArray[np.bool_]:
    """The points at which what is asked for is a number, a real one where it is that at some of them."""
    finite = np.isfinite(wanted)
    real = finite & (np.abs(wanted.imag) <= 1e-9 * np.maximum(1.0, np.abs(wanted)))
    chosen = real if np.count_nonzero(real) >= LEAST else finite
    return chosen if np.count_nonzero(chosen) >= LEAST else np.zeros_like(finite)


def value_of(tree: Tree, places: dict[str, Points]) -> Points:
    """What a formula comes to at each place; NaN where that is no number."""
    shape = next(iter(places.values()), np.zeros(1, complex)).shape
    return np.asarray(_value(tree, places) + np.zeros(shape, complex), np.complex128)


def _value(tree: Tree, places: dict[str, Points]) -> Any:
    match tree:
        case Fraction() | float():
            return _number(tree)
        case Named(name=name):
            return _CONSTANTS[name] if name in _CONSTANTS else places[name]
        case Applied(what=what, to=to):
            return _APPLIED[what]([np.asarray(_value(each, places), np.complex128) for each in to])


def _number(number: Fraction | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


_CONSTANTS: Final = {"pi": math.pi, "E": math.e, "I": 1j, "oo": math.inf}


def _piecewise(parts: Sequence[Points]) -> Any:
    values, conditions = parts[::2], parts[1::2]
    shape = np.broadcast_shapes(*(each.shape for each in parts))
    chosen = [np.broadcast_to(each.real != 0, shape) for each in conditions]
    return np.select(chosen, [np.broadcast_to(each, shape) for each in values], np.nan)


def _of_reals(function: Callable[[float], float]) -> Callable[[Sequence[Points]], Any]:
    """Of real numbers alone; NaN where it has no value."""

    def one(number: complex) -> float:
        try:
            return function(number.real) if number.imag == 0 else math.nan
        except (ValueError, OverflowError):
            return math.nan

    return lambda parts: np.vectorize(one, otypes=[np.float64])(parts[0])


def _sign(parts: Sequence[Points]) -> Any:
    size = np.abs(parts[0])
    return np.where(size == 0, 0, parts[0] / np.where(size == 0, 1, size))


def _all_of(function: Callable[..., Any]) -> Callable[[Sequence[Points]], Any]:
    return lambda parts: function(*parts)


def _of_many(choose: Callable[[Any, Any], Any]) -> Callable[[Sequence[Points]], Any]:
    return lambda parts: functools.reduce(choose, [each.real for each in parts])


_APPLIED: Final[dict[str, Callable[[Sequence[Points]], Any]]] = {
    "+": lambda parts: functools.reduce(np.add, parts),
    "-": lambda parts: -parts[0],
    "*": lambda parts: functools.reduce(np.multiply, parts),
    "/": lambda parts: 1 / parts[0],
    "**": _all_of(np.power),
    "<": lambda parts: parts[0].real < parts[1].real,
    "<=": lambda parts: parts[0].real <= parts[1].real,
    ">": lambda parts: parts[0].real > parts[1].real,
    ">=": lambda parts: parts[0].real >= parts[1].real,
    "true": lambda _: True,
    PIECEWISE: _piecewise,
    **{
        name: _all_of(getattr(np, name)) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "sqrt")
    },
    **{f"a{name}": _all_of(getattr(np, f"arc{name}")) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "Abs": _all_of(np.abs),
    "sign": _sign,
    "floor": lambda parts: np.floor(parts[0].real),
    "ceiling": lambda parts: np.ceil(parts[0].real),
    "factorial": _of_reals(lambda number: math.gamma(number + 1)),
    "gamma": _of_reals(math.gamma),
    "erf": _of_reals(math.erf),
    "atan2": lambda parts: np.arctan2(parts[0].real, parts[1].real),
    "Heaviside": lambda parts: np.heaviside(parts[0].real, 0.5),
    "Max": _of_many(np.maximum),
    "Min": _of_many(np.minimum),
}


def _in_order(tree: Tree) -> Any:
    """The tree with the parts of sums and products in one order: equal for what differs in the order alone."""
    match tree:
        case Applied(what="+" | "*" as what):
            return what, *sorted((_in_order(each) for each in _parts(tree, what)), key=repr)
        case Applied(what=what, to=to):
            return what, *map(_in_order, to)
        case _:
            return tree


def _parts(tree: Tree, what: str) -> list[Tree]:
    """The parts of a sum or product, and of those within it."""
    match tree:
        case Applied(to=to) if tree.what == what:
            return [part for each in to for part in _parts(each, what)]
        case _:
            return [tree]
