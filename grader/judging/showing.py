"""Values as a report shows them: short text a student can paste, and small arrays as data. No judging here."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.judging.showing_steps import script
from grader.judging.showing_tables import PANDAS, as_pandas
from grader.messages import english, say
from grader.report.report import Shown
from grader.wall.values import (
    Array,
    Expression,
    Formula,
    Handle,
    LentFunction,
    NamedValues,
    Record,
    Steps,
    Table,
    Value,
)

MAX_SHOWN_ENTRIES = 1_000
MAX_SHOWN_TEXT = 400
MOST_FIRST = 6  # entries that are named of an array of many dimensions
MAX_CALL_TEXT = 800  # a call of a network's parameters, whole, so that it can be pasted


def shown(value: Value) -> Shown:
    """How `value` appears in a counterexample."""
    if isinstance(value, Table):
        return Shown(text=_cut(as_pandas(value)), type=PANDAS[value.kind])
    if not isinstance(value, Array):
        kind = value._name if isinstance(value, NamedValues) else type(value).__name__
        return Shown(text=_cut(_text(value)), type=kind)
    data = value.data
    text, left_out = (_first(data), data.size - MOST_FIRST) if _is_long(data) else (_cut(_text(value)), 0)
    listed = data.size <= MAX_SHOWN_ENTRIES and data.dtype.kind not in "mM"
    entries = tuple(_entry(item) for item in data.ravel().tolist()) if listed else None
    return Shown(text=text, left_out=left_out, type=value.kind, shape=data.shape, dtype=data.dtype.name, data=entries)


def call_text(target: str, args: tuple[Value, ...]) -> str:
    """The call as one would type it: `my_softmax(np.array([1.0, 2.0]))`; steps as the lines that take them."""
    if args and isinstance(args[0], Steps):
        return _cut(script(target, args[0], _literal), MAX_CALL_TEXT)
    return _cut(f"{target}({', '.join(map(_literal, args))})", MAX_CALL_TEXT)


def _literal(value: Value) -> str:
    match value:
        case Array(kind="tensor"):
            return f"torch.tensor({_text(value)}{_kind_needed(value.data)})"
        case Array() if value.kind != "scalar":
            return f"np.array({_text(value)}{_dtype_needed(value.data)})"
        case float():
            return repr(value)  # 2.0 is not the call with 2
        case Table():
            return as_pandas(value)
        case Expression(source=source) | Formula(source=source) | LentFunction(name=source):
            return source
        case NamedValues():
            return _with_fields(value, map(_literal, value))
        case list() | tuple():
            inner = ", ".join(map(_literal, value))
            return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' * (len(value) == 1)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
        case _:
            return _text(value)


def _dtype_needed(data: npt.NDArray[Any]) -> str:
    obvious = data.size > 0 and data.dtype in (np.float64, np.int64, np.bool_)
    return "" if obvious else f", dtype=np.{data.dtype.name}"


def _kind_needed(data: npt.NDArray[Any]) -> str:
    """As torch takes numbers: what has decimals is of single precision."""
    obvious = data.size > 0 and data.dtype in (np.float32, np.int64, np.bool_)
    return "" if obvious else f", dtype=torch.{data.dtype.name}"


def _text(value: Value) -> str:
    match value:
        case Array(data=data) if _is_long(data):
            more = f"{data.size - MOST_FIRST:,}"
            return english(say("array_cut_short", entries=_first(data), more=more, shape=str(data.shape)))
        case Array(data=data):
            short = np.array2string(
                data, separator=", ", precision=4, threshold=60, suppress_small=False, max_line_width=100
            )
            return str(_number(data[()])) if data.ndim == 0 else short
        case float():
            return _number(value)
        case NamedValues():
            return _with_fields(value, map(_text, value))
        case list() | tuple():
            inner = ", ".join(map(_text, value))
            return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' * (len(value) == 1)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_text(item)}" for key, item in value.items()) + "}"
        case frozenset():
            return "{" + ", ".join(sorted(map(repr, value))) + "}"
        case Table():
            return as_pandas(value)
        case Handle(type=kind):
            return kind
        case Expression(source=source) | Formula(source=source) | LentFunction(name=source):
            return source
        case Record(type="Figure" | "Axes" as kind, fields=held):
            drawn = (f"{name}={_text(item)}" for name, item in held.items() if item not in ("", (), False, "linear"))
            return f"{kind}({', '.join(drawn)})"  # what is not there would hide what is
        case Record(type=kind, fields=held):
            return f"{kind}({', '.join(f'{name}={_text(item)}' for name, item in held.items())})"
        case _:
            return repr(value)


def _with_fields(value: NamedValues, texts: Iterable[str]) -> str:
    return f"{value._name}({', '.join(f'{name}={each}' for name, each in zip(value._fields, texts, strict=True))})"


def _is_long(data: npt.NDArray[Any]) -> bool:
    return data.ndim > 2 and data.size > MAX_SHOWN_TEXT


def _first(data: npt.NDArray[Any]) -> str:
    """The first entries of a long array, as text."""
    return _text(Array(data.ravel()[:MOST_FIRST]))


def _number(number: Any) -> str:
    return f"{float(number):.6g}" if isinstance(number, float | np.floating) else str(number)


def _entry(item: Any) -> float | int | bool | str:
    if isinstance(item, complex):
        return str(item)
    if isinstance(item, float) and not math.isfinite(item):
        return "nan" if math.isnan(item) else "inf" if item > 0 else "-inf"
    return item  # type: ignore[no-any-return]  # ndarray.tolist yields plain Python numbers


def _cut(text: str, most: int = MAX_SHOWN_TEXT) -> str:
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
