"""Two results side by side: when they are a table, when a picture, when only text, and what is pointed at."""

from __future__ import annotations

import math

import pytest

from grader.messages import ENGLISH
from grader.render.comparison import Comparison, comparison
from grader.report.report import Counterexample, Shown
from tests.unit.gallery import HEAT, LONG, SMALL, SQUARE, TURNED, array, example

NUMBER = Shown(text="3", type="int")


def beside(shown: Counterexample) -> Comparison:
    return comparison(shown, ENGLISH)


@pytest.mark.parametrize(
    ("shown", "grids", "drawn"),
    [
        pytest.param(SMALL, 1, False, id="a short vector is a table"),
        pytest.param(SQUARE, 2, False, id="a small matrix is two tables"),
        pytest.param(LONG, 0, True, id="a long vector is drawn"),
        pytest.param(HEAT, 0, True, id="a big matrix is drawn"),
        pytest.param(TURNED, 0, False, id="other shapes stay text"),
        pytest.param(example(NUMBER, NUMBER), 0, False, id="plain numbers stay text"),
        pytest.param(example(None, array(1.0)), 0, False, id="no answer stays text"),
        pytest.param(example(array(1.0), None), 0, False, id="nothing expected stays text"),
        pytest.param(example(array(), array()), 0, False, id="empty arrays stay text"),
        pytest.param(
            example(array(1.0), Shown(text="...", type="ndarray", shape=(1,), dtype="float64")), 0, False, id="no data"
        ),
        pytest.param(
            example(array(*[0.0] * 8, shape=(2, 2, 2)), array(*[1.0] * 8, shape=(2, 2, 2))), 0, False, id="three axes"
        ),
        pytest.param(
            example(
                Shown(text="['a']", type="ndarray", shape=(1,), dtype="str", data=("a",)),
                Shown(text="['b']", type="ndarray", shape=(1,), dtype="str", data=("b",)),
            ),
            0,
            False,
            id="no numbers",
        ),
    ],
)
def test_arrays_are_drawn_when_looking_beats_reading(shown: Counterexample, grids: int, drawn: bool) -> None:
    """Small ones are tables with their entries, longer ones pictures, the rest stays text."""
    found = beside(shown)
    assert (len(found.grids), found.picture is not None) == (grids, drawn)


def test_a_table_holds_input_yours_and_expected() -> None:
    """The entries that differ are marked, and kinds are told where they are not the same."""
    (grid,) = beside(SMALL).grids
    rows = [(row.label, row.kind, [entry.text for entry in row.entries]) for row in grid.rows]

    assert rows == [
        ("Input", "", ["1", "2"]),
        ("Yours", "int64", ["0", "0.5"]),
        ("Expected", "float64", ["0.3333", "0.5"]),
    ]
    assert [[entry.differs for entry in row.entries] for row in grid.rows] == [[False] * 2, [True, False], [False] * 2]


def test_an_input_of_another_shape_is_left_to_the_call() -> None:
    """A row with other entries would not stand above the right ones."""
    (grid,) = beside(example(array(1.0, 2.0), array(1.0, 3.0), array(1.0))).grids
    assert [row.label for row in grid.rows] == ["Yours", "Expected"]


@pytest.mark.parametrize(
    ("mine", "asked", "written"),
    [
        pytest.param(0.5, 0.25, ("0.5", "0.25"), id="few digits where few will do"),
        pytest.param(0.333333, 0.33334, ("0.333333", "0.33334"), id="more where more are needed"),
        pytest.param(1.0, 1.0001, ("1", "1.0001"), id="hardly different"),
        pytest.param(math.nan, 1.0, ("nan", "1"), id="no number"),
        pytest.param(-math.inf, math.inf, ("-inf", "inf"), id="infinities"),
    ],
)
def test_numbers_that_differ_look_different(mine: float, asked: float, written: tuple[str, str]) -> None:
    """As many digits as it takes to see it."""
    (grid,) = beside(example(array(mine), array(asked))).grids
    assert (grid.rows[0].entries[0].text, grid.rows[1].entries[0].text) == written


def test_equal_infinities_and_nans_do_not_differ() -> None:
    """What the reference gives too is not pointed at."""
    (grid,) = beside(example(array(math.nan, math.inf), array(math.nan, math.inf))).grids
    assert not any(entry.differs for row in grid.rows for entry in row.entries)


def test_a_caption_says_what_there_is_to_see() -> None:
    """How many differ, where the first is, and what is not finite."""
    assert beside(LONG).caption == "Entries that differ: 4 of 24. The first is entry [0]: yours 0.5, expected 0."
    assert beside(HEAT).caption == (
        "Entries that differ: 7 of 192. The first is entry [0, 0]: yours nan, expected 0. "
        "Entries of yours that are not finite: 7. They are framed. The colours go from 0 to 1."
    )


def test_shapes_are_told_where_they_differ() -> None:
    """The same numbers in another arrangement look alike in text."""
    found = beside(TURNED)
    assert (found.yours_kind, found.expected_kind) == ("shape (3, 2)", "shape (2, 3)")


def test_a_list_beside_an_array_is_told_by_its_type() -> None:
    """A reader sees why equal numbers are not equal answers."""
    found = beside(example(Shown(text="[1.0]", type="list"), array(1.0)))
    assert (found.yours_kind, found.expected_kind) == ("list", "ndarray")
