"""Code is listed as it was written: every line, its number, and nothing lost to the colours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages.visible import visible
from grader.render.listing import AROUND, MOST_LINES, listing
from tests.unit.markup import parsed


@given(st.text(st.characters() | st.sampled_from("\"'#\\\n\r\t {}()=")))
def test_colours_lose_no_character(source: str) -> None:
    """Line by line, the text of the listing is the source, made visible."""
    lines = re.split(r"\r\n|\r|\n", source.rstrip())

    assert [parsed(line.code).text for line in listing(source, frozenset()).lines] == [
        visible(line, most=10_000) for line in lines[:MOST_LINES]
    ]


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        pytest.param("a\nb\n\nc\n\n", [1, 2, 3, 4], id="blank lines at the end are left"),
        pytest.param("a\r\nb\rc", [1, 2, 3], id="line ends of other systems"),
        pytest.param("a = '\x0c'\nb", [1, 2], id="a form feed ends no line"),
        pytest.param("x = '''\n\n'''", [1, 2, 3], id="a string over lines"),
        pytest.param("", [1], id="nothing"),
    ],
)
def test_lines_are_counted_as_python_counts_them(source: str, numbers: list[int]) -> None:
    """The line of an error and the line of the listing are the same."""
    assert [line.number for line in listing(source, frozenset()).lines] == numbers


def test_a_string_over_lines_is_coloured_in_each() -> None:
    """Every line is markup of its own."""
    first, second = listing("x = '''a\nb'''", frozenset()).lines
    assert first.code == 'x = <span class="s">&#39;&#39;&#39;a</span>'
    assert second.code == '<span class="s">b&#39;&#39;&#39;</span>'


def test_the_lines_that_raised_are_marked() -> None:
    """Those and no others; a line that is not there marks nothing."""
    assert [line.raised for line in listing("a\nb\nc", frozenset({2, 99})).lines] == [False, True, False]


def test_a_line_that_raised_is_shown_however_far_down_it_is() -> None:
    """With its neighbours, and a word on what is left out before and after."""
    shown = listing("x\n" * 1_000, frozenset({500}))
    near = [line for line in shown.lines if line.number > MOST_LINES]

    assert [line.number for line in near] == list(range(500 - AROUND, 500 + AROUND + 1))
    assert near[0].gap == MOST_LINES + 1
    assert (shown.gap, shown.last) == (500 + AROUND + 1, 1_000)


def test_an_endless_cell_is_listed_without_colours() -> None:
    """A lexer's time grows with what it reads."""
    assert "span" not in "".join(line.code for line in listing("def f(): pass\n" * 1_000, frozenset()).lines)
