"""Hypothesis strategies for everything that may cross the wall: values, questions, outcomes. No test lives here."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any, get_args

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.messages import Message
from grader.wall.protocol import (
    ROLES,
    Borrow,
    Call,
    Describe,
    Failure,
    Follow,
    Job,
    Leave,
    Lent,
    NotLent,
    Opened,
    Raised,
    Read,
    Returned,
    Sent,
    Statement,
    StudentError,
    Unsupported,
)
from grader.wall.steps import DEEDS, GIVES, TARGET, Earlier, Expression, Handle, Step, Steps
from grader.wall.table import KINDS, Column, Form, Record, Table, numbers, others, places
from grader.wall.table import texts as column_of_texts
from grader.wall.values import ARRAY_KINDS, DTYPES, UNSUPPORTED, Array, Formula, NamedValues, Value, array

#: every text that can be written as UTF-8
texts = st.text(st.characters(codec="utf-8"), max_size=30)
moments = st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=2)))) | st.dates() | st.timedeltas()
exact = st.fractions(max_denominator=10**9) | st.decimals(
    places=3, allow_nan=False, min_value=-(10**9), max_value=10**9
)
plain_keys = (
    texts
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.none()
    | st.floats(allow_nan=False)
    | moments
    | exact
    | st.binary(max_size=5)
)
keys = plain_keys | st.lists(plain_keys, max_size=2).map(tuple)
small_ints = st.integers(-(2**63) + 1, 2**63 - 1)
shapes = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    """Arrays of every dtype, kind and small shape, filled with any bits."""
    dtype, shape = np.dtype(draw(st.sampled_from(sorted(DTYPES)))), draw(shapes)
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    raw: np.ndarray[Any, Any] = np.frombuffer(draw(st.binary(min_size=size, max_size=size)), np.uint8)
    data = raw.reshape(shape) & 1 == 1 if dtype.str == "|b1" else raw.view(dtype).reshape(shape)
    return array(data, draw(st.sampled_from(sorted(ARRAY_KINDS))))


@st.composite
def columns(draw: st.DrawFn, length: int) -> Column:
    """Columns of every form, with entries missing here and there."""
    gone = draw(st.lists(st.booleans(), min_size=length, max_size=length))
    holey = st.lists(st.none() | texts, min_size=length, max_size=length)
    match draw(st.sampled_from(get_args(Form))):
        case "numbers":
            dtype = draw(st.sampled_from(["<i8", "<f4", "|b1", "<M8[ns]", "<m8[s]"]))
            data = np.array(draw(st.lists(st.integers(0, 99), min_size=length, max_size=length)), "<i8").astype(dtype)
            return numbers(data, draw(st.none() | st.just("Int64")), gone if data.dtype.kind in "if" else None)
        case "texts":
            return column_of_texts(draw(holey), draw(texts))
        case "categories":
            labels = draw(st.lists(texts, min_size=1, max_size=3, unique=True))
            at = st.integers(-1, len(labels) - 1)
            places_of = draw(st.lists(at, min_size=length, max_size=length))
            return places(places_of, column_of_texts(labels), ordered=draw(st.booleans()))
        case _:
            return others(draw(st.lists(scalars, min_size=length, max_size=length)), "object", gone)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of every kind, small."""
    kind, length = draw(st.sampled_from(KINDS)), draw(st.integers(0, 3))
    wide = 1 if kind in ("series", "array") else draw(st.integers(1, 3))
    deep = draw(st.integers(1, 2)) if kind in ("frame", "series") else 0
    names = [tuple(draw(keys) for _ in range(count)) for count in (wide, deep)]
    held = [tuple(draw(columns(length)) for _ in range(count)) for count in (wide, deep)]
    return Table(kind=kind, names=names[0], columns=held[0], index=held[1], index_names=names[1])


def _containers(parts: SearchStrategy[Value]) -> SearchStrategy[Value]:
    items = st.lists(parts, max_size=3)
    return items | items.map(tuple) | st.dictionaries(keys, parts, max_size=3)


scalars: SearchStrategy[Value] = (
    st.none()
    | st.booleans()
    | small_ints
    | st.floats()
    | st.complex_numbers()
    | texts
    | st.frozensets(keys)
    | moments
    | exact
    | st.binary(max_size=9)
)
handles = st.builds(Handle, type=texts, kinds=st.lists(texts, max_size=3).map(tuple))
records = st.builds(Record, type=texts, fields=st.dictionaries(texts, scalars, max_size=2))
formulas = st.sampled_from(["x", "x**2 - sin(y)/3", "Piecewise((x, x > 0), (-1/2, True))"]).map(Formula)
named = st.lists(scalars, max_size=2).map(lambda held: NamedValues("Pair", ("x", "y")[: len(held)], held))
values: SearchStrategy[Value] = st.recursive(
    scalars | arrays() | tables() | records | handles | formulas | named, _containers, max_leaves=6
)

ids = st.integers(0, 10**9)
errors = st.builds(
    StudentError,
    type=texts,
    text=texts,
    cell=st.none() | ids,
    line=st.none() | ids,
    missing=st.none() | texts,
)
jobs = st.builds(
    Job,
    statements=st.lists(
        st.builds(Statement, cell=ids, line=ids, source=texts, role=st.sampled_from(ROLES), needed=st.booleans()),
        max_size=3,
    ).map(tuple),
    target=texts,
    seed=ids,
    reseeds=st.booleans(),
    told=st.lists(st.tuples(st.binary(max_size=20), st.binary(max_size=20)), max_size=3).map(tuple),
    files=st.dictionaries(texts, st.binary(max_size=20), max_size=2),
    answer_bytes=ids,
    borrows=st.lists(texts, max_size=2).map(tuple),
)
said = st.builds(
    Message,
    texts,
    st.dictionaries(
        texts, texts | ids | st.builds(Message, texts, st.dictionaries(texts, texts, max_size=1)), max_size=2
    ),
)
plain_kinds = st.builds(Message, st.sampled_from(sorted(UNSUPPORTED)), st.dictionaries(texts, texts | ids, max_size=2))
kinds = plain_kinds | st.builds(Message, st.just("odd_key"), st.fixed_dictionaries({"what": plain_kinds}))
args = st.lists(values, max_size=3).map(tuple)
steps = st.builds(
    Steps,
    steps=st.lists(
        st.builds(
            Step,
            does=st.sampled_from(DEEDS),
            on=st.just(TARGET),
            name=texts,
            args=st.lists(scalars | st.builds(Earlier, step=ids) | st.builds(Expression, source=texts)).map(tuple),
            named=st.dictionaries(texts, scalars, max_size=1),
            gives=st.sampled_from(GIVES),
        ),
        max_size=2,
    ).map(tuple),
)
messages: SearchStrategy[Sent] = st.one_of(
    jobs,
    st.builds(
        Opened,
        failures=st.lists(st.builds(Failure, statement=ids, error=errors), max_size=3).map(tuple),
        target_type=st.none() | texts,
        notices=st.lists(said, max_size=3).map(tuple),
        told=ids,
    ),
    st.builds(Call, id=ids, target=texts, args=args, named=st.dictionaries(texts, values, max_size=2)),
    st.builds(Follow, id=ids, target=texts, steps=steps),
    st.builds(Read, id=ids, target=texts),
    st.builds(Describe, id=ids, target=texts, inputs=arrays()),
    st.builds(Returned, id=ids, value=values, arguments=st.none() | args),
    st.builds(Raised, id=ids, error=errors),
    st.builds(Unsupported, id=ids, what=kinds),
    st.builds(Borrow, id=ids, name=texts, args=args, named=st.dictionaries(texts, values, max_size=2)),
    st.builds(Lent, id=ids, value=values, arguments=st.none() | args),
    st.builds(NotLent, id=ids, type=texts, text=texts),
    st.builds(Leave, answered=ids),
)
