"""Student text is shown without anything that moves, hides or floods."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.render.visible import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and newline stay"),
        pytest.param("Müller 数 🙂", "Müller 数 🙂", id="letters of all scripts stay"),
        pytest.param("\x1b[31mred", "<001B>[31mred", id="terminal escape"),
        pytest.param("a\rb", "a<000D>b", id="carriage return"),
        pytest.param("\x00", "<0000>", id="NUL"),
        pytest.param("\x9b", "<009B>", id="C1 control"),
        pytest.param("\u202egnirts", "<202E>gnirts", id="direction override"),
        pytest.param("\u2066x\u2069", "<2066>x<2069>", id="isolates"),
        pytest.param("a\u200bb", "a<200B>b", id="no width"),
        pytest.param("a\u2028b", "a<2028>b", id="line separator"),
        pytest.param("\ufeff", "<FEFF>", id="byte order mark"),
        pytest.param("\ud800", "<D800>", id="half a character"),
        pytest.param("\ue000", "<E000>", id="private use"),
        pytest.param("\U000e0041", "<E0041>", id="tag character"),
    ],
)
def test_what_is_invisible_is_spelled_out(text: str, shown: str) -> None:
    """What a reader sees is what is there."""
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_that_controls_gets_through(text: str) -> None:
    """For any text at all: printable characters, newlines and tabs."""
    assert all(character in "\n\t" or character.isprintable() or character.isspace() for character in visible(text))


@given(st.text(st.characters()))
def test_what_is_visible_can_be_written_as_utf8(text: str) -> None:
    """No renderer fails on a student's text."""
    assert visible(text).encode().decode() == visible(text)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """Tables and lists keep their rows."""
    assert len(one_line(text).splitlines()) <= 1
    assert "\t" not in one_line(text)


def test_long_text_is_cut_with_a_mark() -> None:
    """The reader sees that there was more."""
    assert visible("abcdef", most=3) == "abc\N{HORIZONTAL ELLIPSIS}"
    assert visible("abc", most=3) == "abc"
