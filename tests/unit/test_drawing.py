"""Pictures hold what they are given, inside their frame, whatever the numbers are."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.render.drawing import HEIGHT, WIDTH, bar, curve, matrices, vectors
from tests.unit.markup import parsed

ANY = st.floats(allow_nan=True, allow_infinity=True)


def places(picture: str) -> list[tuple[float, float]]:
    """All points of all lines that are not axes."""
    lines = re.findall(r'<path class="(?:yours|expected)" d="([^"]*)"', picture)
    return [(float(x), float(y)) for line in lines for x, y in re.findall(r"[ML]([-\d.e]+) ([-\d.e]+)", line)]


@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=40))
def test_lines_stay_in_their_frame(pairs: list[tuple[float, float]]) -> None:
    """Also for infinities, NaN and the biggest floats there are."""
    yours, expected = zip(*pairs, strict=True)
    points = places(vectors(yours, expected, [True] * len(pairs), label="x"))

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert len(points) == sum(map(math.isfinite, (*yours, *expected)))


@given(st.lists(ANY, min_size=1, max_size=2_000), st.none() | ANY)
def test_a_curve_stays_in_its_frame_and_small(values: list[float], target: float | None) -> None:
    """A long training is thinned, not cut: its first and last step stay."""
    picture = curve(values, target, label="x", target_label="target")
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places(picture))
    assert len(picture) < 15_000


def test_a_line_breaks_where_a_number_is_missing() -> None:
    """NaN is a gap, not a zero."""
    picture = curve([1.0, math.nan, 1.0, 2.0], None, label="x", target_label="target")
    line = re.findall(r'class="yours" d="([^"]*)"', picture)[0]
    assert line.count("M") == 2


@pytest.mark.parametrize(("steps", "ends"), [((), ["0", "2"]), ((1, 10, 100), ["1", "100"])])
def test_the_axis_names_the_first_and_the_last_step(steps: tuple[int, ...], ends: list[str]) -> None:
    """Counted from 0, or those which the author picked."""
    picture = curve([0.5, 0.25, 0.125], None, label="x", target_label="target", steps=steps)
    assert re.findall(r">([^<]+)</text>", picture)[-2:] == ends


def test_where_two_vectors_differ_there_is_a_ring_and_a_bar() -> None:
    """Marked by shape, not by colour alone."""
    picture = vectors([1.0, 2.0, 3.0], [1.0, 2.0, 9.0], [False, False, True], label="x")
    assert picture.count("<circle") == 1
    assert picture.count('class="gap"') == 1


@given(st.integers(1, 20), st.integers(1, 20), st.data())
def test_a_map_shows_every_entry_once(rows: int, columns: int, data: st.DataObject) -> None:
    """In both panels: a shade for a finite entry, a cross for any other."""
    row = st.lists(ANY, min_size=columns, max_size=columns)
    yours = data.draw(st.lists(row, min_size=rows, max_size=rows))
    picture = matrices(yours, yours, [[False] * columns] * rows, label="x", titles=("a", "b"))
    squares = sum(d.count("M") for d in re.findall(r'class="shade" fill-opacity="[\d.]+" d="([^"]*)"', picture))
    crosses = sum(d.count("M") for d in re.findall(r'class="strange" d="([^"]*)"', picture)) // 2

    assert squares + crosses == 2 * rows * columns
    assert crosses == 2 * sum(not math.isfinite(entry) for line in yours for entry in line)


def test_entries_that_differ_are_framed_in_both_maps() -> None:
    """One can look from one to the other."""
    picture = matrices([[1.0, 2.0]], [[1.0, 3.0]], [[False, True]], label="x", titles=("a", "b"))
    assert picture.count('<path class="wrong" d="M1 0h1v1h-1z"/>') == 2


@pytest.mark.parametrize(
    ("parts", "widths"),
    [
        pytest.param([(0, 0)], [0.0, 0.0], id="nothing to earn"),
        pytest.param([(5, 10)], [358.0, 178.0], id="half"),
        pytest.param([(10, 10), (0, 10)], [178.0, 178.0, 178.0, 0.0], id="one of two"),
    ],
)
def test_the_bar_fills_with_the_points(parts: list[tuple[int, int]], widths: list[float]) -> None:
    """One block for each exercise, as wide as what it is worth."""
    assert [float(width) for width in re.findall(r'width="([\d.]+)" h', bar(parts))] == widths


def test_a_picture_has_words_for_who_cannot_see_it() -> None:
    """And the bar, which only repeats what stands beside it, has none."""
    assert dict(parsed(curve([1.0], None, label="A & B", target_label="")).first("svg", "role", "img"))[
        "aria-label"
    ] == ("A & B")
    assert parsed(bar([(1, 1)])).first("svg", "aria-hidden", "true")
