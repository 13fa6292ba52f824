"""Checks of our own kind, offered beside an imported exercise whose tests are plain: calls of one function with values
that are written out, or comparisons of one variable.

What is drawn stays within what the tests ask for, or near it. It is offered and not asked: an author looks first
whether the text of the exercise promises that much. Nothing is run here.
"""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from grader.authoring.importing.exercises import Exercised
from grader.authoring.importing.pieces import Case
from grader.judging.cells.names import UNREADABLE

#: calls that are drawn, if there are as many
CALLS: Final = 20
#: how far beyond what the tests ask for is drawn
BEYOND: Final = 10
MOST_LENGTH: Final = 50
MOST_VALUE: Final = 10**6
_ARRAYS: Final = ("np.array", "numpy.array")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One check: of a function, with `count` calls whose arguments are drawn from `strategies`, which are expressions;
    or of a value. `leaves`: the imported checks of the exercise that it says nothing about."""

    kind: Literal["function", "value"]
    leaves: tuple[str, ...] = ()
    strategies: str = ""
    count: int = 0


def offered(exercise: Exercised) -> Offered | None:
    """What can be offered for an exercise; None if its tests are not plain."""
    target = exercise.target
    asserted = [list(_asserted(_source(check.case))) for check in exercise.checks]
    calls = [[call for each in found for call in _calls_of(each, target)] for found in asserted]
    if any(calls):
        plain, offer = list(map(bool, calls)), _of_calls([call for found in calls for call in found])
    else:
        plain = [bool(found) and all(_is_about(each, target) for each in found) for found in asserted]
        offer = Offered(kind="value") if any(plain) else None
    leaves = tuple(check.id for check, is_plain in zip(exercise.checks, plain, strict=True) if not is_plain)
    return None if offer is None else replace(offer, leaves=leaves)


def _source(case: Case) -> str:
    """What a test runs; without examples that are to raise."""
    if case.form != "examples":
        return case.source
    try:
        found = doctest.DocTestParser().get_examples(case.source)
    except ValueError:
        return ""
    return "".join(each.source for each in found if each.exc_msg is None)


def _asserted(source: str) -> Iterator[ast.expr]:
    """What a test asserts: after `assert`, handed to `assert_...`, or shown in a doctest."""
    try:
        body = ast.parse(source).body
    except UNREADABLE:
        return
    for statement in body:
        match statement:
            case ast.Assert(test=test):
                yield test
            case ast.Expr(value=value):
                yield value
            case _:
                pass


def _calls_of(asserted: ast.expr, target: str) -> Iterator[ast.Call]:
    for node in ast.walk(asserted):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == target:
            yield node


def _is_about(asserted: ast.expr, target: str) -> bool:
    """Whether it compares the variable with what is written out, or shows it."""
    match asserted:
        case ast.Name(id=name):
            return name == target
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[right]):
            return name == target and _is_written(right)
        case _:
            return False


def _is_written(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _of_calls(calls: Sequence[ast.Call]) -> Offered | None:
    """Of calls that are written out; None if one is not, or their arguments are of kinds that nobody can guess."""
    try:
        rows = [tuple(_written(each) for each in call.args) for call in calls if not call.keywords]
        if len(rows) != len(calls) or len({len(row) for row in rows}) != 1 or not rows[0]:
            return None
        drawn = [_drawn(values) for values in zip(*rows, strict=True)]
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    count = 1
    for each in drawn:
        count = min(count * each.count, 2 * CALLS)
    strategies = ", ".join(each.strategy for each in drawn)
    return Offered(kind="function", strategies=strategies, count=max(1, count // 2))


@dataclass(frozen=True, slots=True)
class _InArray:
    """Entries of an array that a test writes out."""

    entries: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A strategy, and how many values it has at least."""

    strategy: str
    count: int


def _written(node: ast.expr) -> Any:
    """The value of an argument that is written out. Raises ValueError for any other."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in _ARRAYS and len(node.args) == 1 and not node.keywords:
        entries = ast.literal_eval(node.args[0])
        if not isinstance(entries, list) or not entries:
            raise ValueError("an array of more than one dimension, or of none")
        return _InArray(tuple(entries))
    return ast.literal_eval(node)


def _drawn(values: Sequence[Any]) -> _Drawn:
    """What draws values like these. Raises ValueError for kinds that nobody can guess."""
    kinds = {type(each) for each in values}
    if kinds == {bool}:
        return _Drawn("st.booleans()", 2)
    if kinds <= {int, float}:
        return _number(values, whole=kinds == {int})
    if kinds == {str}:
        return _text(values)
    if kinds == {list} and all(values):
        inner = _drawn([each for value in values for each in value])
        low, high = _lengths(values)
        return _Drawn(f"st.lists({inner.strategy}, min_size={low}, max_size={high})", inner.count * (1 + high - low))
    if kinds == {_InArray}:
        return _array([each.entries for each in values])
    raise ValueError("values of a kind that nobody can guess")


def _number(values: Sequence[Any], *, whole: bool) -> _Drawn:
    low, high = _bounds(values)
    if whole:
        return _Drawn(f"st.integers({low}, {high})", 1 + high - low)
    return _Drawn(f"st.integers({8 * low}, {8 * high}).map(lambda n: n / 8)", 1 + 8 * (high - low))


def _text(values: Sequence[str]) -> _Drawn:
    letters = "".join(sorted({letter for each in values for letter in each})) or "a"
    low, high = _lengths(values)
    return _Drawn(f"st.text({letters!r}, min_size={low}, max_size={high})", len(letters) * (1 + high - low))


def _array(values: Sequence[Sequence[Any]]) -> _Drawn:
    entries = [each for value in values for each in value]
    if not {type(each) for each in entries} <= {int, float}:
        raise ValueError("an array of more than one dimension, or of what are no numbers")
    whole = all(isinstance(each, int) for each in entries)
    (low, high), (shortest, longest) = _bounds(entries), _lengths(values)
    bounds = f"min_size={shortest}, max_size={longest}, low={low}, high={high}"
    return _Drawn(f"vectors({bounds}{', integers=True' if whole else ''})", (1 + high - low) * (1 + longest - shortest))


def _bounds(values: Sequence[Any]) -> tuple[int, int]:
    """From the least that a test asks for to a little beyond the largest. Raises ValueError for what is no number of
    a size that tests have."""
    least, most = min(values), max(values)
    if not -MOST_VALUE <= least <= most <= MOST_VALUE:
        raise ValueError("numbers that are no size to draw")
    low = int(least // 1)
    return low, int(most // 1) + BEYOND


def _lengths(values: Sequence[Any]) -> tuple[int, int]:
    lengths = [len(each) for each in values]
    return min(lengths), min(max(lengths) + 2, max(*lengths, MOST_LENGTH))
