"""The benchmarks themselves: that they run and give every row. What the figures are is for `make bench` to say."""

from __future__ import annotations

import importlib.util

import pytest

from tests.benchmarks.__main__ import measures
from tests.benchmarks.table import BEGIN, END, README, Effort, Standing, row, table, with_figures

TINY = Effort(runs=1, rooms=5, arrays=20, digits=2, kills=1, peers=0)


@pytest.mark.thorough
@pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed")
def test_every_measure_of_the_table_is_taken() -> None:
    """Two rows are of the digits submission, three of a cell and ten of classes, every other measure has one."""
    rows = list(measures(TINY))
    subjects = (
        "room ready",
        "NumPy exercise",
        "a cell of 50 calls",
        "a cell of 50 calls",
        "a cell of 50 calls",
        "digits",
        "digits",
        "`grade` cold",
        "`grade` cold on the starter",
        "`grade` cold on the sample",
        "failing against passing",
        "right submission against",
        "private",
        "5 rooms",
        "NumPy class: time",
        "NumPy class: each further",
        "memory",
        "cores busy",
        "second run",
        "points of a check changed",
        "one check changed",
        "groups of",
        "answers of it in a wrong group",
        "likeness of",
        "copies of it missed",
        "pairs of it that wrote",
        "a class killed",
    )
    assert [given.what.startswith(subject) for given, subject in zip(rows, subjects, strict=True)] == [True] * 27


@pytest.mark.parametrize(
    ("figure", "standing"),
    [
        pytest.param(0.019, Standing.REACHED, id="below"),
        pytest.param(0.020, Standing.REACHED, id="exactly there"),
        pytest.param(0.021, Standing.NOT_REACHED, id="above"),
    ],
)
def test_a_figure_is_held_to_its_reach(figure: float, standing: Standing) -> None:
    """A reach is the most that a figure may be."""
    assert row("ready", figure, reach=0.020, unit=" ms", scale=1e3).standing is standing


def test_figures_are_shown_in_the_unit_of_their_reach() -> None:
    """A reader compares two columns without arithmetic."""
    shown = table([row("ready", 0.0123, reach=0.020, unit=" ms", scale=1e3)])
    assert shown.splitlines()[-1] == "| ready | <= 20 ms | 12.3 ms | reached |"


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    """The rest of the page is written by hand."""
    page = with_figures(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new")
    assert page == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_a_page_without_its_marks_is_refused() -> None:
    """Figures are never put where nobody expects them."""
    with pytest.raises(ValueError, match="has lost its marks"):
        with_figures("a page", "new")


def test_the_readme_has_its_marks() -> None:
    """`make bench` can always write."""
    assert with_figures(README.read_text(encoding="utf-8"), "new")
