"""The report as text: golden files for how it reads, and what it must never let through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.course.assignment import Visibility
from grader.messages import Words, prose
from grader.render.text import render
from grader.report.audience import seen_by
from grader.report.report import (
    Audience,
    CellReference,
    Counterexample,
    Curve,
    LayerRow,
    LayerShown,
    Place,
    Report,
    Shown,
    Status,
    SubmissionReference,
    Verdict,
)
from tests.unit.gallery import TOLD_ONCE
from tests.unit.reports import check, exercise, not_graded, report

Golden = Callable[[str, str], None]


def layer(kind: str, units: int | None, activation: str | None, parameters: int) -> LayerShown:
    return LayerShown(kind=kind, units=units, activation=activation, parameters=parameters)


ALL_VERDICTS = [verdict for verdict in Verdict if verdict not in (Verdict.PARTIAL, Verdict.TO_MARK)]

EVERYTHING = report(
    exercise(check("first"), check("second"), title="All right", notices=("A plain list was returned.",)),
    exercise(
        *(check(verdict.value, verdict) for verdict in ALL_VERDICTS if verdict is not Verdict.NOT_GRADED),
        title="Every verdict",
        printed="one\ntwo",
    ),
    exercise(check("only", Verdict.FAILED), title="One check, failed"),
    notices=("Student code ran without a sandbox.",),
)
FIGURES = report(
    exercise(
        check("units", Verdict.FAILED, counterexample=None),
        check("other", Verdict.RAISED, raised_at=Place(cell=5, line=2)),
        check("elsewhere", Verdict.RAISED, raised_at=Place(cell=2, line=1)),
        title="A model",
        cell=CellReference(index=5, found_by="definition", source="def model():\n    return layers(25)\n"),
        layers=(
            LayerRow(found=layer("Dense", 25, "relu", 10_025), asked=layer("Dense", 25, "relu", 10_025)),
            LayerRow(found=layer("Dense", 10, "softmax", 260), asked=layer("Dense", 15, "linear", 390)),
            LayerRow(found=layer("Dropout", None, None, 0), asked=None),
        ),
    ),
    exercise(
        check("a", Verdict.RAISED, hint=None, message="Same.", raised_at=Place(cell=5, line=1)),
        check("b", Verdict.RAISED, hint=None, message="Same.", raised_at=Place(cell=5, line=1)),
        title="A training",
        message="Same.",
        cell=CellReference(index=5, found_by="marker", source="loss = 1 / 0"),
        layers=(LayerRow(found=None, asked=layer("Dense", 1, "sigmoid", 2)),),
        curve=Curve(title=prose("Loss on the training data"), values=(0.6931, 0.4, 0.25, 0.31), target=0.2),
    ),
)
SECRETS = report(exercise(check("shown"), check("secret", Verdict.FAILED, visibility=Visibility.HIDDEN)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("everything.txt", EVERYTHING, id="every verdict"),
        pytest.param("perfect.txt", report(exercise(check("first"), check("second"))), id="full marks"),
        pytest.param("student.txt", seen_by(SECRETS, Audience.STUDENT), id="a student's view"),
        pytest.param("figures.txt", FIGURES, id="layers, a curve, lines that raised"),
        pytest.param("told_once.txt", TOLD_ONCE, id="what was said above"),
        pytest.param(
            "not_graded.txt", report(exercise(check("a")), not_graded(), status=Status.NOT_GRADED), id="not graded"
        ),
        pytest.param(
            "unreadable.txt",
            report(status=Status.UNREADABLE, score=None, assignment=None, notices=("It is not JSON. Save it again.",)),
            id="unreadable",
        ),
    ],
)
def test_a_report_reads_as_its_golden_file(golden: Golden, name: str, shown: Report) -> None:
    """What a reader sees, whole; `pytest --update-golden` rewrites the file, and the diff is reviewed."""
    golden(name, render(shown))


@pytest.mark.parametrize(("name", "shown"), [("everything_zh.txt", EVERYTHING), ("figures_zh.txt", FIGURES)])
def test_a_report_reads_in_chinese_as_its_golden_file(golden: Golden, name: str, shown: Report) -> None:
    """The same report in the other language: labels, columns, and the course's own texts where it translates them."""
    course = {"Title of passed": "已通过的检查", "Hint of failed.": "再看一遍公式。"}
    golden(name, render(shown, words=Words("zh", course)))


@pytest.mark.parametrize("width", [pytest.param(width, id=f"{width} columns") for width in (60, 88)])
def test_no_chinese_line_is_wider_than_asked(width: int) -> None:
    """A Chinese character takes two columns."""
    shown = render(FIGURES, words=Words("zh"), width=width)
    assert max(map(cell_len, shown.splitlines())) <= width


def test_a_long_text_without_blanks_is_shown_whole() -> None:
    """Chinese has none; a line that cannot be broken between words is broken anywhere, never cut."""
    text = "\u5b57" * 200
    source = CellReference(index=5, found_by="marker", source=f"raise E('{text}')")
    shown = render(
        report(
            exercise(
                check("a", Verdict.RAISED, message=text, raised_at=Place(cell=5, line=1)), cell=source, message=text
            ),
            notices=(text,),
        )
    )
    assert shown.count("\u5b57") == 600


def test_colours_add_nothing_but_colours() -> None:
    """Every verdict is a word, so a reader without colours misses nothing."""
    with_colours = render(EVERYTHING, colour=True)
    assert "\x1b[" in with_colours
    assert "\x1b" not in render(EVERYTHING)


@pytest.mark.parametrize("verdict", ALL_VERDICTS)
def test_each_verdict_is_a_word(verdict: Verdict) -> None:
    """TIMED OUT, not a red dot."""
    shown = render(report(exercise(check("a", verdict), check("b", message="Another."))))
    assert verdict.value.replace("_", " ") in shown.lower()


@pytest.mark.parametrize("width", [pytest.param(width, id=f"{width} columns") for width in (60, 88, 120)])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Terminals and logs do not wrap what is already wrapped."""
    assert max(map(len, render(EVERYTHING, width=width).splitlines())) <= width


def test_lines_have_no_blanks_at_their_ends() -> None:
    """Golden files and diffs stay clean."""
    assert all(line == line.rstrip() for line in render(EVERYTHING).splitlines())


@given(st.text(st.characters()), st.sampled_from(["printed", "message"]))
def test_student_text_cannot_control_the_terminal(text: str, place: str) -> None:
    """Escapes, overrides and markup arrive as what they are: text."""
    shown = render(report(exercise(check("a", Verdict.RAISED, message=text), check("b"), **{place: text})))
    assert all(character == "\n" or character.isprintable() or character.isspace() for character in shown)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[red]no markup[/red]", id="markup of rich"),
        pytest.param("[/]", id="broken markup"),
        pytest.param(":smile:", id="emoji code"),
    ],
)
def test_markup_in_student_text_stays_text(text: str) -> None:
    """`[red]` in an error message is four letters and two brackets."""
    assert text in render(report(exercise(check("a", Verdict.RAISED, message=text), check("b"))))


def test_a_hostile_file_name_is_shown_harmless() -> None:
    """The name of a submission is student text as well."""
    hostile = SubmissionReference(name="\x1b[2J\u202egpj.ipynb", sha256=None)
    assert "<001B>[2J<202E>gpj.ipynb" in render(report(submission=hostile))


def test_a_curve_says_after_how_many_steps_its_values_were_taken() -> None:
    """Where an author picked the steps, they are not counted from 0."""
    curve = Curve(title=prose("Loss"), values=(0.7, 0.1, 0.2), steps=(1, 10, 100))
    text = " ".join(render(report(exercise(check("loss"), curve=curve))).split())
    assert "Loss: 0.7 at first, 0.2 after 100 steps." in text
    assert "Least: 0.1, at step 10." in text


def test_a_value_is_shown_as_the_value_of_its_name() -> None:
    """Nothing was called, so nothing was returned."""
    example = Counterexample(call="J", inputs=(), got=Shown(text="4", type="float"), expected=None)
    text = render(report(exercise(check("right"), check("cost", Verdict.FAILED, counterexample=example))))
    assert re.search(r"name +J *\n +value +4 *\n", text)
