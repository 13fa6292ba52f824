"""Student text is shown without anything that moves, hides or floods."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.limits import NotebookLimits
from grader.messages import LANGUAGES, Language, Words, prose
from grader.messages.visible import IGNORABLE, in_cell, one_line, visible
from grader.notebook.notebook import parse
from grader.render import RENDERERS, annotated, practice
from grader.render.classes import CLASS_RENDERERS
from tests.notebooks import code, notebook
from tests.unit.classes import HOSTILE, HOSTILE_CLASS
from tests.unit.drawn_here import drawn_here
from tests.unit.gallery import ARRAYS, MODELS, RAISED
from tests.unit.rewriting import read_by_people, rewritten

#: controls, formats, unassigned and private characters, halves of characters, strange ends of lines
CONTROLS = st.characters(categories=["Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"], exclude_characters="\n\t")
#: what Unicode lets a font leave out
LEFT_OUT = st.sampled_from([chr(code) for first, last in IGNORABLE for code in range(first, min(last, first + 32) + 1)])
UNSEEN = CONTROLS | LEFT_OUT
MUCH_UNSEEN = st.lists(UNSEEN, min_size=5, max_size=40).map("".join)
#: what the course calls its parts, in letters of its own choosing
IDS = frozenset({"id"})
SHOWN = {"hostile": HOSTILE, "arrays": ARRAYS, "models": MODELS, "raised": RAISED}


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
        pytest.param("a\u3164b", "a<3164>b", id="a Hangul letter without ink"),
        pytest.param("\u115f\u1160\uffa0", "<115F><1160><FFA0>", id="other Hangul fillers"),
        pytest.param("\u2800", "<2800>", id="an empty braille cell"),
        pytest.param("a\u034fb", "a<034F>b", id="a joiner of letters"),
        pytest.param("\u2764\ufe0f", "\u2764<FE0F>", id="a choice of glyph"),
        pytest.param("a\u3000b\xa0c", "a\u3000b\xa0c", id="spaces of all scripts stay"),
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


@given(UNSEEN, st.sampled_from([visible, one_line, in_cell]))
def test_no_unseen_character_passes_unmarked(character: str, show: Callable[[str], str]) -> None:
    """Controls, formats, unassigned and private characters, and all that Unicode lets a font leave out."""
    shown = show(f"a{character}b")
    assert character not in shown
    assert shown in (f"a<{ord(character):04X}>b", "a b")  # within one line, a strange end of line is a blank


@pytest.mark.parametrize("format", [each for each in RENDERERS if each != "json"])
@given(MUCH_UNSEEN, st.sampled_from(sorted(SHOWN)), st.sampled_from(LANGUAGES))
@settings(max_examples=12)
def test_no_unseen_character_reaches_a_reader_of_a_report(
    format: str, unseen: str, shown: str, language: Language
) -> None:
    """In whatever text of a report it stands: names, prints, code, messages, values, titles."""
    marked = rewritten(SHOWN[shown], lambda text: text + unseen, keep=IDS)
    made = RENDERERS[format](marked, words=Words(language))
    assert not set(unseen) & set(read_by_people(format, made))


@pytest.mark.parametrize("format", [each for each in CLASS_RENDERERS if each != "json"])
@given(MUCH_UNSEEN, st.sampled_from(LANGUAGES))
@settings(max_examples=12)
def test_no_unseen_character_reaches_a_reader_of_a_class(format: str, unseen: str, language: Language) -> None:
    """Names, files, notes and troubles."""

    def marked(text: str) -> str:
        return text + unseen

    report, single = rewritten(HOSTILE_CLASS, marked, keep=IDS), rewritten(HOSTILE, marked, keep=IDS)
    made = CLASS_RENDERERS[format](report, [single], words=Words(language))
    assert not set(unseen) & set(read_by_people(format, made))


@given(MUCH_UNSEEN)
@settings(max_examples=8)
def test_no_unseen_character_reaches_a_reader_in_the_notebook(unseen: str) -> None:
    """The card of a practice run, and the page of an annotated notebook with the student's own cells."""
    report = rewritten(RAISED, lambda text: text + unseen, keep=IDS)
    view = practice.PracticeView(assignment=unseen, title=unseen, result=report.exercises[0], notes=(prose(unseen),))
    page = annotated.render_html(parse(notebook(code(f"#{unseen}")), NotebookLimits()), report, drawing=drawn_here)

    for made in (practice.render(view), practice.render_html(view), page):
        assert not set(unseen) & set(made)
