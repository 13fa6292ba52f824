"""Tables on the wall: whatever a room writes in the place of one is a table or a ProtocolError."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from grader.errors import ProtocolError
from grader.wall.table import MAX_COLUMNS, MAX_TEXTS, Table, numbers, places, texts
from grader.wall.value_frames import pack, unpack
from grader.wall.values import Array, Value, array, identical
from tests.unit.strategies import tables

NOTHING = ["none"]


@given(tables())
def test_a_table_comes_back_as_it_went(table: Table) -> None:
    """Kind, names, dtypes, what is missing, categories and their order, index: all of it arrives."""
    arrays: list[Array] = []
    assert identical(unpack(pack(table, arrays), tuple(arrays)), table)


def ints(*given: int) -> Array:
    """Whole numbers as lengths and places are sent."""
    return array(np.array(given, np.int32))


def letters(text: bytes) -> Array:
    """The bytes of texts, in a row."""
    return array(np.frombuffer(text, np.uint8))


def series(column: list[Any], arrays: tuple[Array, ...]) -> Value:
    """What comes of a Series with this column; its index has two rows."""
    index = [["numbers", "int64", ["array", len(arrays)], NOTHING]]
    return unpack(["table", "series", [NOTHING], [NOTHING], [column], index], (*arrays, array([0, 1])))


TWO = ["array", 0], ["array", 1]


@pytest.mark.parametrize(
    ("column", "arrays"),
    [
        pytest.param(["texts", "str", *TWO], (ints(1, 2), letters(b"ab")), id="texts longer than their letters"),
        pytest.param(["texts", "str", *TWO], (ints(1, 0), letters(b"ab")), id="letters of no text"),
        pytest.param(["texts", "str", *TWO], (ints(-2, 4), letters(b"ab")), id="a text of negative length"),
        pytest.param(["texts", "str", *TWO], (ints(2**30, 2**30), letters(b"ab")), id="texts of gigabytes"),
        pytest.param(["texts", "str", *TWO], (ints(1, 1), letters(b"\xff\xfe")), id="letters that are none"),
        pytest.param(["texts", "str", *TWO], (ints(*[0] * (MAX_TEXTS + 1)), letters(b"")), id="too many texts"),
        pytest.param(["texts", "x" * 81, *TWO], (ints(1, 1), letters(b"ab")), id="a dtype of a long name"),
        pytest.param(["numbers", "int64", ["array", 0], NOTHING], (array([[1], [2]]),), id="a matrix as column"),
        pytest.param(["numbers", "int64", ["array", 0], NOTHING], (array([1, 2, 3]),), id="more rows than its index"),
        pytest.param(["numbers", "Int64", *TWO], (array([1, 2]), array([True])), id="a mask of another length"),
        pytest.param(["numbers", "Int64", *TWO], (array([1, 2]), array([1, 0])), id="a mask of numbers"),
        pytest.param(
            ["categories", ["array", 0], ["texts", "str", ["array", 1], ["array", 2]], False],
            (ints(0, 1), ints(1), letters(b"a")),
            id="a place without category",
        ),
        pytest.param(
            [
                "categories",
                ["array", 0],
                ["categories", ["array", 1], ["texts", "str", NOTHING, NOTHING], False],
                False,
            ],
            (ints(0, 0), ints(0)),
            id="categories of categories",
        ),
        pytest.param(["values", "object", [NOTHING], ["array", 0]], (array([True]),), id="fewer values than rows"),
        pytest.param(
            ["values", "object", [["table", "array", [NOTHING], [], [["numbers", "i", *TWO]], []]], NOTHING],
            (array([1]), array([True])),
            id="a table in a table",
        ),
    ],
)
def test_a_column_that_does_not_fit_is_refused(column: list[Any], arrays: tuple[Array, ...]) -> None:
    """Lengths, masks and places are checked before anything is made of them."""
    with pytest.raises(ProtocolError):
        series(column, arrays)


def test_more_columns_than_any_table_has_are_refused() -> None:
    """Each would be an object of ours."""
    column, names = ["values", "object", [], ["array", 0]], [NOTHING] * (MAX_COLUMNS + 1)
    with pytest.raises(ProtocolError):
        unpack(["table", "index", names, [], [column] * len(names), []], (array([True]),) * len(names))


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    """For claims and readings: numbers that are missing are NaN, everything else that is missing is None."""
    table = Table(
        kind="frame",
        names=("age", "name", "size"),
        columns=(
            numbers([1, 2, 3], "Int64", [False, True, False]),
            texts(["Ada", None, "Cy"]),
            places([1, -1, 0], texts(["S", "L"]), ordered=True),
        ),
        index=(numbers([7, 8, 9]),),
        index_names=(None,),
    )

    assert np.array_equal(table["age"], [1, np.nan, 3], equal_nan=True)
    assert [*table["name"]] == ["Ada", None, "Cy"]
    assert [*table["size"]] == ["L", None, "S"]
    assert table.labels == [7, 8, 9]
