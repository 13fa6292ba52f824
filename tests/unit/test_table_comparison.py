"""What is said of a table that differs: which column, which row, which dtype, what was there and what was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.judging.compare import Manner, Tolerance, difference
from grader.judging.showing import call_text, shown
from grader.judging.tables import Tabular
from grader.lab import category, frame, series
from grader.messages import english
from grader.wall.values import Record, Table, Value, array

ASKED = frame({"age": [31, None, 7], "name": ["Ada", "Bob", None], "size": category(["S", "L", None], ["S", "L"])})


def other(name: str, entries: Any) -> Table:
    """What was asked for, with another column in place of one."""
    made = frame({name: entries}).columns[0]
    return replace(
        ASKED, columns=tuple(made if each == name else c for each, c in zip(ASKED.names, ASKED.columns, strict=True))
    )


def picked(*names: str, index: Any = None) -> Table:
    """These columns of what was asked for, in this order."""
    return frame({name: ASKED.column(name) for name in names}, index)


def said(got: Value, asked: Value = ASKED, **manner: Any) -> str | None:
    """The sentence about a difference."""
    found = difference(got, asked, Manner(**manner))
    return None if found is None else english(found)


@pytest.mark.parametrize(
    ("got", "words"),
    [
        pytest.param(ASKED, None, id="the same"),
        pytest.param(other("age", [31.0, None, 7.0 + 1e-9]), None, id="near"),
        pytest.param(
            None, "It returned None: a way through it has no `return`, or what is returned there is None.", id="None"
        ),
        pytest.param(
            [1],
            "It returned a list of 1 value; a DataFrame of 3 rows and 3 columns was asked for.",
            id="a list",
        ),
        pytest.param(
            series([1]),
            "It returned a Series of 1 value; a DataFrame of 3 rows and 3 columns was asked for.",
            id="Series",
        ),
        pytest.param(
            picked("age", "name"), "The column 'size' is missing; there are 'age', 'name'.", id="a column is missing"
        ),
        pytest.param(
            picked("name", "age", "size"),
            "The columns are in another order: 'name', 'age', 'size'; asked for are 'age', 'name', 'size'.",
            id="another order",
        ),
        pytest.param(
            frame({"age": [1], "name": ["a"], "size": ["S"]}), "It has 1 row; 3 were asked for.", id="fewer rows"
        ),
        pytest.param(
            other("age", ["31", "", "7"]),
            "The column 'age' is of dtype str; float64 was asked for. Right: 'name', 'size'.",
            id="numbers as text",
        ),
        pytest.param(
            other("name", ["Ada", "Bob", 7.5]),
            "The column 'name' differs in 1 of 3 rows: in row 2 it is 7.5; NA was asked for. Right: 'age', 'size'.",
            id="a number among texts",
        ),
        pytest.param(
            other("age", [31, 30.5, 8]),
            "The column 'age' differs in 2 of 3 rows: in row 1 it is 30.5; NA was asked for. Right: 'name', 'size'.",
            id="a missing one filled in",
        ),
        pytest.param(
            replace(
                other("name", ["ada", "Bob", None]), columns=other("age", [0, 0, 0]).columns[:1] + ASKED.columns[1:]
            ),
            "The column 'age' differs in 3 of 3 rows: in row 0 it is 0; 31 was asked for. Right: 'name', 'size'.",
            id="every row",
        ),
        pytest.param(
            other("size", category(["S", "S", None], ["S", "L"])),
            "The column 'size' differs in 1 of 3 rows: in row 1 it is 'S'; 'L' was asked for. Right: 'age', 'name'.",
            id="another category",
        ),
        pytest.param(
            other("size", ["S", "L", None]),
            "The column 'size' is of dtype str; category was asked for. Right: 'age', 'name'.",
            id="texts for categories",
        ),
        pytest.param(
            picked("age", "name", "size", index=[0, 2, 3]),
            "The index differs: at place 2 it is 2; 1 was asked for.",
            id="an index with holes",
        ),
        pytest.param(
            picked("age", "name", "size", index=["0", "1", "2"]),
            "The index is of dtype str; int64 was asked for.",
            id="an index of texts",
        ),
    ],
)
def test_a_table_that_differs_is_told_where(got: Value, words: str | None) -> None:
    """Shape before types before entries; the first column that is wrong in full, the others by name."""
    assert said(got) == words


@pytest.mark.parametrize(
    ("got", "manner", "words"),
    [
        pytest.param(
            picked("age", "name", "size", index=[5, 6, 7]), {"tabular": Tabular(index=False)}, None, id="index"
        ),
        pytest.param(picked("name", "age", "size"), {"tabular": Tabular(column_order=False)}, None, id="column order"),
        pytest.param(
            frame({"age": [7, 31, None], "name": [None, "Ada", "Bob"], "size": category([None, "S", "L"], ["S", "L"])}),
            {"tabular": Tabular(row_order=False)},
            None,
            id="row order",
        ),
        pytest.param(
            other("age", np.array([31, np.nan, 7], np.float32)),
            {"tabular": Tabular(dtypes=True)},
            "The column 'age' is of dtype float32; float64 was asked for. Right: 'name', 'size'.",
            id="dtypes",
        ),
        pytest.param(
            frame({"more": [1, 2, 3], **{name: ASKED.column(name) for name in ASKED.names}}),
            {"more_keys": True},
            None,
            id="more columns",
        ),
        pytest.param(other("age", [31.2, None, 7]), {"tolerance": Tolerance(absolute=0.5)}, None, id="tolerance"),
        pytest.param(
            other("age", [5, None, 7]),
            {"tells": False},
            "The column 'age' differs in 1 of 3 rows, in row 0 first. Right: 'name', 'size'.",
            id="without telling",
        ),
    ],
)
def test_what_counts_of_a_table_is_said_by_the_check(got: Table, manner: dict[str, Any], words: str | None) -> None:
    """Each part that need not agree is named, and no other is let pass."""
    assert said(got, **manner) == words


def index(*levels: list[int]) -> Table:
    """An index of so many levels, none of which has a name."""
    columns = tuple(series(each).columns[0] for each in levels)
    return Table(kind="index", names=(None,) * len(levels), columns=columns)


@pytest.mark.parametrize(
    ("got", "asked", "loose", "words"),
    [
        pytest.param(
            index([1, 2]), index([1, 2], [3, 4]), Tabular(names=False), "The index has 1 level; 2", id="a level is gone"
        ),
        pytest.param(
            index([1, 2], [3, 4]), index([1, 2]), Tabular(names=False), "The index has 2 levels; 1", id="one too many"
        ),
        pytest.param(
            series([7], "b"), series([1], "a"), Tabular(row_order=False), "It is called 'b'; 'a'", id="another name"
        ),
        pytest.param(
            series([7], "b"),
            series([1], "a"),
            Tabular(row_order=False, names=False),
            "The column 'a' differs in 1 of 1 rows: in row 0 it is 7;",
            id="another entry under another name",
        ),
    ],
)
def test_what_does_not_count_lets_nothing_else_pass(got: Table, asked: Table, loose: Tabular, words: str) -> None:
    """Where names or the order of rows are free, levels and entries still have to be there, and right."""
    assert (said(got, asked, tabular=loose) or "").startswith(words)


@pytest.mark.parametrize(
    ("got", "asked", "words"),
    [
        pytest.param(series([1, 2]), array([1, 2]), None, id="a Series for an array"),
        pytest.param(
            series([1, 2], "b"), series([1, 2], "a"), "It is called 'b'; 'a' was asked for.", id="name of a Series"
        ),
        pytest.param(Fraction(1, 2), 0.5, None, id="a fraction for a real number"),
        pytest.param(
            0.5,
            Fraction(1, 2),
            "It returned a single number; an exact number of type Fraction was asked for.",
            id="a real number for a fraction",
        ),
        pytest.param(2, Decimal(2), None, id="a whole number for a decimal"),
        pytest.param(frozenset({0.1 + 0.2}), frozenset({0.3}), None, id="sets of near numbers"),
        pytest.param(
            frozenset({1, 5}),
            frozenset({1, 2, 3}),
            "The set lacks 2 of the 3 members that were asked for, and has 1 that were not.",
            id="sets",
        ),
        pytest.param(date(2027, 1, 2), date(2027, 1, 1), "It returned a date.", id="dates"),
        pytest.param(
            Record(type="P", fields={"x": 1}),
            Record(type="P", fields={"x": 2}),
            "Entry 'x': The number differs.",
            id="fields",
        ),
        pytest.param(
            {"x": 1},
            Record(type="P", fields={"x": 1}),
            "It returned a dict of 1 value; an object of type P was asked for.",
            id="no record",
        ),
        pytest.param(
            np.array(["2027"], "M8[s]").astype("M8[us]"), np.array(["2027"], "M8[s]"), None, id="moments in other units"
        ),
    ],
)
def test_other_values_are_told_apart_too(got: Any, asked: Any, words: str | None) -> None:
    """Exact numbers where exact ones are asked for; numbers are numbers elsewhere."""
    got, asked = (array(each) if isinstance(each, np.ndarray) else each for each in (got, asked))
    assert said(got, asked) == words


def test_a_table_is_shown_as_one_would_type_it() -> None:
    """What failed can be pasted into a notebook."""
    assert call_text("clean", (ASKED,)) == (
        "clean(pd.DataFrame({'age': [31.0, None, 7.0], 'name': ['Ada', 'Bob', None], "
        "'size': pd.Categorical(['S', 'L', None])}))"
    )
    assert shown(series([0.5], "a", index=["x"])).text == "pd.Series([0.5], index=['x'], name='a')"
    assert shown(frame({"a": [None, None]})).text == "pd.DataFrame({'a': [np.nan, np.nan]})"  # None alone is no number
    assert shown(ASKED).type == "DataFrame"
