"""The report as text: golden files for how it reads, and what it must never let through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import Visibility
from grader.render.text import render
from grader.report import Audience, Report, Status, SubmissionReference, Verdict
from tests.unit.reports import check, exercise, not_graded, report

Golden = Callable[[str, str], None]
ALL_VERDICTS = [verdict for verdict in Verdict if verdict is not Verdict.PARTIAL]

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
SECRETS = report(exercise(check("shown"), check("secret", Verdict.FAILED, visibility=Visibility.HIDDEN)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("everything.txt", EVERYTHING, id="every verdict"),
        pytest.param("perfect.txt", report(exercise(check("first"), check("second"))), id="full marks"),
        pytest.param("student.txt", SECRETS.seen_by(Audience.STUDENT), id="a student's view"),
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


def test_a_single_failed_check_still_shows_hint_and_counterexample() -> None:
    """However few checks an exercise has, what helps the student is there."""
    shown = render(report(exercise(check("only", Verdict.FAILED, message="Message of the exercise."))))
    assert "Hint of only." in shown
    assert "double(np.array([-1.]))" in shown


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
