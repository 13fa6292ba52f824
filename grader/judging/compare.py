"""Whether two values agree, and in what they differ: shape first, then dtype, then finite masks, then numbers.

Trusted NumPy on plain data; nothing here has ever seen a student's object. Every comparison asks whether *all* entries
pass, so a NaN fails instead of slipping through.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.judging.formulas import formulas_differ
from grader.judging.tables import Comparing, Tabular, describe_table, first_and_others, tables_differ
from grader.messages import NOTHING, Message, counted, say
from grader.wall.values import Array, Formula, Handle, NamedValues, Record, Table, Value

Numbers = npt.NDArray[Any]
#: what the kinds of classes that no library has begin with
OWN = "__main__."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Entries agree when |got - expected| <= absolute + relative * |expected|."""

    relative: float = 1e-5
    absolute: float = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How values are compared: how near numbers have to be, and what else is let pass.

    `more_keys`: a dictionary may hold more than what is asked. `parts` are the names of several values that are
    returned together, as the lab's text calls them; the entries of a dictionary name themselves. `tabular` says what of
    tables counts, and `tells` whether a sentence may quote what is asked for. With `each_entry` the keys of a
    dictionary are names that the lab's text has for them, and no data.
    """

    tolerance: Tolerance = field(default_factory=Tolerance)
    more_keys: bool = False
    parts: tuple[str, ...] = ()
    tabular: Tabular = field(default_factory=Tabular)
    tells: bool = True
    each_entry: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of several named values that are returned together; `wrong` says what is the matter with it, if anything."""

    name: str
    wrong: Message | None = None


def difference(got: Value, expected: Value, manner: Tolerance | Manner) -> Message | None:
    """What is different about `got`, in one sentence for the student; None if the two agree.

    Lists, tuples and arrays of the same numbers are alike, and so are all kinds of scalar. Of several values that were
    asked for together, each is compared for itself.
    """
    manner = Manner(tolerance=manner) if isinstance(manner, Tolerance) else manner
    if parts := parts_of(got, expected, manner):
        return told_apart(parts)
    if isinstance(got, Formula) or isinstance(expected, Formula):
        return _formulas_differ(got, expected, manner)
    match expected:
        case Array() | bool() | int() | float() | complex():
            return _numbers_differ(got, expected, manner.tolerance)
        case dict():
            return _is_no_such_dict(got, expected, manner)
        case list() | tuple():
            return _sequences_differ(got, expected, manner)
        case Table():
            return _tables_differ(got, expected, manner)
        case Record():
            return _records_differ(got, expected, manner)
        case Fraction() | Decimal():
            return _exact_differs(got, expected)
        case frozenset():
            return _sets_differ(got, expected, manner.tolerance)
        case Handle():
            return _kinds_differ(got, expected)
        case _:
            return None if type(got) is type(expected) and got == expected else say("returned", got=describe(got))


def _kinds_differ(got: Value, expected: Handle) -> Message | None:
    """A class of the course's own may be derived from anything; one of a library is that class and no other."""
    own = expected.type.startswith(OWN)
    if isinstance(got, Handle) and (expected.type in got.kinds if own else got == expected):
        return None
    nothing = got is None or (isinstance(got, Handle) and got.type == "NoneType")
    return say("returned_none") if nothing else say("returned", got=describe(got))


def parts_of(got: Value, expected: Value, manner: Manner) -> tuple[Part, ...]:
    """What is wrong with each part of an answer whose parts have names; none where `got` has not the form for that."""
    inner = replace(manner, parts=(), each_entry=False)
    match expected:
        case dict() if expected and isinstance(got, dict) and _is_no_such_dict(got, expected, manner) is None:
            missing_first = sorted(expected, key=got.__contains__)
            return tuple(_entry(key, got, expected[key], inner) for key in missing_first)
        case Record() if isinstance(got, Record) and got.type == expected.type:
            alike = _records_differ(got, expected, manner) is None
            return parts_of(got.fields, expected.fields, manner) if alike else ()
        case list() | tuple() if expected and len(names := _names(expected, manner)) == len(expected):
            mine = None if other_fields(got, expected) else _values_of(got, len(expected))
            named = () if mine is None or isinstance(mine, int) else zip(names, mine, expected, strict=True)
            return tuple(_part(repr(name), difference(one, asked, inner)) for name, one, asked in named)
        case _:
            return ()


def _names(expected: list[Value] | tuple[Value, ...], manner: Manner) -> tuple[str, ...]:
    return manner.parts or (expected._fields if isinstance(expected, NamedValues) else ())


def other_fields(got: Value, expected: Value) -> Message | None:
    """What is different about the names of the fields of `got`, where both are named tuples; None if nothing is.

    A tuple without names is as good as one with them.
    """
    if not isinstance(got, NamedValues) or not isinstance(expected, NamedValues) or got._fields == expected._fields:
        return None
    return say("other_fields", got=", ".join(got._fields), asked=", ".join(expected._fields))


def told_apart(parts: Sequence[Part], lost: Collection[str] = ()) -> Message | None:
    """What is wrong with the first of the parts that are wrong, and which others are, too; which are wrong in another
    answer alone, being of those that are `lost`; and which are right. None if none of `parts` is wrong."""
    wrong = [part for part in parts if part.wrong is not None]
    if not wrong:
        return None
    elsewhere = sorted(set(lost) - {part.name for part in wrong})
    right = [part.name for part in parts if part.wrong is None and part.name not in lost]
    return first_and_others(wrong[0].wrong or NOTHING, [part.name for part in wrong[1:]], right, elsewhere)


def as_numbers(value: Value) -> Numbers | None:
    """The array that `value` is or spells (a number, a list of numbers), or None."""
    match value:
        case Array(data=data):
            return data
        case bool() | int() | float() | complex():
            return np.asarray(value)
        case Fraction() | Decimal():
            return np.asarray(float(value))
        case Table(kind="series" | "index" | "array", columns=(column,)) if column.form == "numbers":
            return column.array if column.array.dtype != object else None
        case [*items] if items:
            parts = [as_numbers(item) for item in items]
            known = [part for part in parts if part is not None]
            same = len(known) == len(parts) and len({(part.shape, _moments(part)) for part in known}) == 1
            return np.stack(known) if same else None
        case _:
            return None


def _moments(data: Numbers) -> str:
    """The kind of what is no number, and goes into no array with any other kind."""
    return data.dtype.kind if data.dtype.kind in "mM" else ""


def single_numbers(got: Value, expected: Value) -> Value:
    """`got` with every array of one entry as a single number where `expected` has a single number."""
    match expected:
        case Array(data=data) if data.ndim > 0:
            return got
        case Array() | int() | float() | complex():
            return Array(got.data.reshape(()), got.kind) if isinstance(got, Array) and got.data.size == 1 else got
        case dict() if isinstance(got, dict):
            return {key: single_numbers(item, expected[key]) if key in expected else item for key, item in got.items()}
        case list() | tuple() if isinstance(got, list | tuple) and len(got) == len(expected):
            alike = list(map(single_numbers, got, expected))
            return got._holding(alike) if isinstance(got, NamedValues) else type(got)(alike)
        case _:
            return got


def describe(value: Value) -> Message:
    """A value in words, without its numbers: "an array of shape (3,)", "None", "a tuple of 2 values"."""
    match value:
        case Array(data=data):
            return _of_shape(data)
        case None:
            return say("none")
        case bool():
            return say("true") if value else say("false")
        case int() | float() | complex():
            return say("number")
        case str():
            return say("a_text")
        case NamedValues():
            return say("container", type=value._name, values=counted(len(value), "value"))
        case list() | tuple() | dict():
            return say("container", type=type(value).__name__, values=counted(len(value), "value"))
        case frozenset():
            return say("a_set")
        case Table():
            return describe_table(value)
        case Fraction() | Decimal():
            return say("exact_number", type=type(value).__name__)
        case bytes():
            return say("some_bytes")
        case Formula():
            return say("symbolic")
        case Handle(type=kind) | Record(type=kind):
            return say("object", type=kind.removeprefix(OWN))
        case _:
            return say("a_moment", type=type(value).__name__)


def _numbers_differ(got: Value, expected: Value, tolerance: Tolerance) -> Message | None:
    mine, asked = as_numbers(got), as_numbers(expected)
    assert asked is not None
    if mine is None and asked.size == 0:
        mine = _nothing_in(got)
    if mine is None:
        return _nothing_returned(got)
    if mine.shape != asked.shape:
        return say("other_form", got=_of_shape(mine), asked=_of_shape(asked))
    return _dtype_differs(mine, asked) or _entries_differ(mine, asked, tolerance)


def _nothing_in(value: Value) -> Numbers | None:
    """The array without entries that empty lists spell: `[[], []]` is one of shape (2, 0)."""
    match value:
        case []:
            return np.empty(0)
        case [first, *rest] if (inner := _nothing_in(first)) is not None and all(item == first for item in rest):
            return np.empty((1 + len(rest), *inner.shape))
        case _:
            return None


def _nothing_returned(got: Value) -> Message:
    if got is None:
        return say("returned_none")
    return say("returned_no_numbers", got=describe(got))


def _of_shape(data: Numbers) -> Message:
    return say("number") if data.ndim == 0 else say("array", shape=str(data.shape))


def _dtype_differs(mine: Numbers, asked: Numbers) -> Message | None:
    """A truth value is no number, and a number no truth value; whether 3.0 is the 3 that was asked, entries decide."""
    if mine.dtype == np.float16:
        return say("float16")
    kinds = {mine.dtype.kind, asked.dtype.kind}
    if len(kinds) == 1 or kinds <= set("iuf") or (asked.dtype.kind == "c" and kinds <= set("iufc")):
        return None
    return say("other_numbers", got=_numbers_of(mine), asked=_numbers_of(asked))


def _numbers_of(data: Numbers) -> Message:
    match data.dtype.kind:
        case "b":
            return say("booleans")
        case "f":
            return say("reals")
        case "c":
            return say("complexes")
        case "M":
            return say("moments")
        case "m":
            return say("durations")
        case _:
            return say("integers")


def _entries_differ(mine: Numbers, asked: Numbers, tolerance: Tolerance) -> Message | None:
    if asked.dtype.kind == "b":
        return None if bool(np.all(mine == asked)) else say("some_entries_differ")
    if asked.dtype.kind in "mM":
        return _how_many((mine != asked) & ~(np.isnat(mine) & np.isnat(asked)))
    if mine.dtype.kind in "iu" and asked.dtype.kind in "iu" and tolerance.absolute < 1:
        return _how_many(mine != asked)
    finite = np.isfinite(asked)
    if not bool(np.all(np.isfinite(mine) == finite)):
        return _not_finite(mine, finite)
    return _how_many(~_near(mine, asked, tolerance))


def _near(mine: Numbers, asked: Numbers, tolerance: Tolerance) -> npt.NDArray[np.bool_]:
    """Which numbers agree."""
    finite = np.isfinite(asked)
    with np.errstate(all="ignore"):
        apart = np.subtract(mine, asked, dtype=np.result_type(mine, asked, np.float64))  # int64 would wrap around
        close = finite & (np.abs(apart) <= tolerance.absolute + tolerance.relative * np.abs(asked))
        close |= ~finite & ((mine == asked) | (np.isnan(mine) & np.isnan(asked)))
    return np.asarray(close)


def _how_many(apart: npt.NDArray[np.bool_]) -> Message | None:
    """How many entries differ; None if none does."""
    apart = np.asarray(apart)
    wrong = int(np.count_nonzero(apart))
    if wrong == 0:
        return None
    if apart.ndim == 0:
        return say("number_differs")
    if apart.size == 1:
        return say("one_entry_differs")
    return say("entry_differs", all=apart.size) if wrong == 1 else say("entries_differ", wrong=wrong, all=apart.size)


def _not_finite(mine: Numbers, finite: npt.NDArray[np.bool_]) -> Message:
    if bool(np.any(np.isnan(mine) & finite)):
        return say("returned_nan")
    return say("returned_infinity") if bool(np.any(np.isinf(mine) & finite)) else say("asked_not_finite")


def _is_no_such_dict(got: Value, expected: dict[str, Value], manner: Manner) -> Message | None:
    """Why `got` has none of the entries that were asked for, or more of them than may be."""
    if not isinstance(got, dict):
        return say("no_dictionary", got=describe(got))
    more = () if manner.more_keys else [key for key in got if key not in expected]
    missing = [key for key in expected if key not in got]
    if missing and (more or len(missing) == len(expected)):
        return say("no_key", key=repr(missing[0]))
    return say("more_keys", key=repr(more[0])) if more else None


def _entry(key: str, got: dict[str, Value], asked: Value, manner: Manner) -> Part:
    if key not in got:
        return Part(repr(key), say("no_key", key=repr(key)))
    return _part(repr(key), difference(got[key], asked, manner))


def _part(name: str, wrong: Message | None) -> Part:
    return Part(name, None if wrong is None else say("at_key", key=name, detail=wrong))


def _sequences_differ(got: Value, expected: list[Value] | tuple[Value, ...], manner: Manner) -> Message | None:
    if (detail := other_fields(got, expected)) is not None:
        return detail
    mine = _values_of(got, len(expected))
    if mine is None:
        return say("no_values", got=describe(got), asked=len(expected))
    if isinstance(mine, int):
        return say("other_length", got=counted(mine, "value"), asked=len(expected))
    if not mine and isinstance(got, Array) and got.data.ndim > 1:
        return say("other_form", got=describe(got), asked=describe(expected))
    details = [difference(one, asked, replace(manner, parts=())) for one, asked in zip(mine, expected, strict=True)]
    return next((say("at_value", number=n, detail=each) for n, each in enumerate(details, 1) if each is not None), None)


def _tables_differ(got: Value, expected: Table, manner: Manner) -> Message | None:
    if not isinstance(got, Table):
        return _other_form(got, expected)
    inner = replace(manner, parts=())
    how = Comparing(
        tabular=manner.tabular,
        near=lambda mine, asked: _near(mine, asked, manner.tolerance),
        same=lambda one, other: difference(one, other, inner) is None,
        more_columns=manner.more_keys,
        tells=manner.tells,
    )
    return tables_differ(got, expected, how)


def _records_differ(got: Value, expected: Record, manner: Manner) -> Message | None:
    """An instance of another class is another thing, whatever it holds."""
    if not isinstance(got, Record) or got.type != expected.type:
        return _other_form(got, expected)
    if _is_no_such_dict(got.fields, expected.fields, manner) is None:
        return None
    return say("other_fields", got=", ".join(got.fields), asked=", ".join(expected.fields))


def _formulas_differ(got: Value, expected: Value, manner: Manner) -> Message | None:
    """A number is a formula without symbols, where it is one of a real number."""
    mine, asked = (_formula(each) for each in (got, expected))
    if mine is None or asked is None:
        return _other_form(got, expected)

    def near(found: Numbers, wanted: Numbers) -> npt.NDArray[np.bool_]:
        return _near(found, wanted, manner.tolerance)

    return formulas_differ(mine, asked, near, tells=manner.tells)


def _formula(value: Value) -> Formula | float | None:
    if isinstance(value, Formula):
        return value
    numbers = as_numbers(value)
    return float(numbers) if numbers is not None and numbers.ndim == 0 and numbers.dtype.kind in "iuf" else None


def _exact_differs(got: Value, expected: Fraction | Decimal) -> Message | None:
    """Exact numbers are asked for where rounding is a mistake: a float is none, a whole number may be one."""
    if type(got) is type(expected) or type(got) is int:
        return None if got == expected else say("number_differs")
    return _other_form(got, expected)


def _other_form(got: Value, expected: Value) -> Message:
    return say("returned_none") if got is None else say("other_form", got=describe(got), asked=describe(expected))


def _sets_differ(got: Value, expected: frozenset[Any], tolerance: Tolerance) -> Message | None:
    """Members that are real numbers need but be near."""
    if not isinstance(got, frozenset):
        return say("returned", got=describe(got))
    lacking, more = expected - got, got - expected
    if lacking and len(lacking) == len(more) and all(isinstance(each, int | float) for each in lacking | more):
        one, other = (np.sort(np.array(list(each), np.float64)) for each in (more, lacking))
        if bool(_near(one, other, tolerance).all()):
            return None
    if not lacking and not more:
        return None
    return say("set_differs", lacking=len(lacking), all=counted(len(expected), "member"), more=len(more))


def _values_of(value: Value, asked: int) -> Sequence[Value] | int | None:
    """The values that are returned together, those of an array are its rows; how many there are, if not as many as
    were asked for; None where it is no collection."""
    match value:
        case list() | tuple():
            return value if len(value) == asked else len(value)
        case Array(data=data) if data.ndim > 0 and len(data) != asked:
            return len(data)
        case Array(data=data, kind=kind) if data.ndim > 0:
            return [Array(np.asarray(row), kind) for row in data]
        case _:
            return None
