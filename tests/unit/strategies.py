"""Hypothesis strategies for everything that may cross the wall: values, questions, outcomes. No test lives here."""

from __future__ import annotations

from typing import Any

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
from grader.wall.values import ARRAY_KINDS, DTYPES, UNSUPPORTED, Array, Value, array

#: every text that can be written as UTF-8
texts = st.text(st.characters(codec="utf-8"), max_size=30)
keys = texts | st.integers(-(10**11) + 1, 10**11 - 1)
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


def _containers(parts: SearchStrategy[Value]) -> SearchStrategy[Value]:
    items = st.lists(parts, max_size=3)
    return items | items.map(tuple) | st.dictionaries(keys, parts, max_size=3)


scalars: SearchStrategy[Value] = (
    st.none() | st.booleans() | small_ints | st.floats() | st.complex_numbers() | texts | st.frozensets(keys)
)
values: SearchStrategy[Value] = st.recursive(scalars | arrays(), _containers, max_leaves=6)

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
messages: SearchStrategy[Sent] = st.one_of(
    jobs,
    st.builds(
        Opened,
        failures=st.lists(st.builds(Failure, statement=ids, error=errors), max_size=3).map(tuple),
        target_type=st.none() | texts,
        notices=st.lists(said, max_size=3).map(tuple),
    ),
    st.builds(Call, id=ids, target=texts, args=args, named=st.dictionaries(texts, values, max_size=2)),
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
