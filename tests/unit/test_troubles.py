"""What an instructor is told to look at: each with whose it is, what happened, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classes.intake import HandIn, Intake, Student
from grader.classes.troubles import about_files, about_row, about_stops, no_column, stops_in
from grader.errors import UsageError
from grader.messages import Message, say
from grader.report.class_report import Trouble
from grader.report.report import ExerciseResult, Status, Verdict
from tests.english import spoken
from tests.unit.classes import row
from tests.unit.reports import check, exercise, not_graded, report


def told(*students: str) -> dict[str, str]:
    """What is said of each of these students, who handed in a file each, and nothing else is wrong with it."""
    hand_ins = [HandIn(student=Student(id=one), name="x.ipynb", where="x.ipynb", path=Path("x")) for one in students]
    found = about_files(Intake(layout="", hand_ins=tuple(hand_ins)))
    return {trouble.what.removesuffix(": x.ipynb"): spoken(trouble.happened) for trouble in found}


@pytest.mark.parametrize("name", ["=1+1", "@ada", "ad\u200ba", "\u202eada", "a\nb"], ids=ascii)
def test_a_name_that_may_fool_somebody_is_pointed_out(name: str) -> None:
    """It hides or turns around text, or begins as a formula does."""
    assert "characters that cannot be seen" in told(name, "bob")[name]


@pytest.mark.parametrize(
    "name", ["ada", "O'Brien, Mary_12", "J\u00f6rg", "ada@uni.edu", "\u738b\u5c0f\u660e", "x" * 300]
)
def test_an_ordinary_name_is_not(name: str) -> None:
    """Of any language, and any length."""
    assert told(name) == {}


def test_two_names_that_differ_in_case_alone_are_pointed_out() -> None:
    """They may be one person, whose older file would be graded as somebody else's."""
    assert told("Ada", "ada", "bob").keys() == {"Ada", "ada"}


CANVAS = {"sis login id": "", "final lab (4711)": "", "quiz 1 (4712)": ""}


def test_a_gradebook_that_lacks_the_assignment_is_told_with_what_it_has() -> None:
    """A wrong --column is a wrong command line; without one it is said."""
    assert no_column("Digits", "Final lab", CANVAS) is None
    assert no_column("Digits", None, {"id": ""}) is None
    said = spoken(no_column("Digits", None, CANVAS))
    assert said is not None
    assert "no assignment called Digits" in said
    assert "'final lab (4711)', 'quiz 1 (4712)'" in said
    with pytest.raises(UsageError, match=r"no column 'Quiz 2'.*'quiz 1 \(4712\)'"):
        no_column("Digits", "Quiz 2", CANVAS)


REFUSED = say("error", type="PermissionError", text="[Errno 1] Operation not permitted")
STOPPED = [
    pytest.param(exercise(check("a", Verdict.TIMED_OUT, message="Too long.")), "Too long.", id="time"),
    pytest.param(exercise(check("a"), check("b", Verdict.OVER_LIMIT, message="Too much.")), "Too much.", id="memory"),
    pytest.param(
        exercise(check("a", Verdict.RAISED, message=say("raised", target="f", error=REFUSED))),
        "f raised PermissionError: [Errno 1] Operation not permitted.",
        id="what no room allows",
    ),
]


@pytest.mark.parametrize(("stopped", "why"), STOPPED)
def test_code_that_was_stopped_is_named_with_the_reason(stopped: ExerciseResult, why: str) -> None:
    """It cost nobody else anything, but somebody may want to read it."""
    found = report(exercise(check("a")), stopped)
    said = list(about_stops(row("ada", found, file="x.ipynb"), stops_in(found)))

    assert [(trouble.what, spoken(trouble.happened).rpartition(": " + why)[1]) for trouble in said] == [
        ("ada: x.ipynb", ": " + why)
    ]
    assert "Read the cell" in spoken(said[0].to_do)


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.FAILED, Verdict.RAISED, Verdict.MISSING])
def test_ordinary_mistakes_are_no_trouble(verdict: Verdict) -> None:
    """A class is full of them."""
    assert stops_in(report(exercise(check("a", verdict, message="ValueError: no.")))) == ()


def of_row(*verdicts: Verdict, looks_like: str | None = None) -> list[Trouble]:
    exercises = [exercise(check("a", verdict), id=f"e{n}") for n, verdict in enumerate(verdicts)]
    return list(about_row(row("ada", report(*exercises), file="x.ipynb"), looks_like))


def test_a_notebook_that_answers_nothing_is_pointed_out_once() -> None:
    """An empty one, or the wrong one; if it looks like another lab's, that is said instead."""
    missing = (Verdict.MISSING, Verdict.MISSING)

    assert [spoken(trouble.happened)[:26] for trouble in of_row(*missing)] == ["It answers nothing of this"]
    assert ["digits" in spoken(trouble.happened) for trouble in of_row(*missing, looks_like="digits")] == [True]
    assert of_row(Verdict.MISSING, Verdict.FAILED) == []


@pytest.mark.parametrize(
    ("reason", "to_do"),
    [
        pytest.param(say("newer_python", cell=4), "Run the grader with the Python that the notebook names", id="newer"),
        pytest.param(say("not_graded_because", reason="It broke."), "Run the same command again", id="ours"),
    ],
)
def test_what_to_do_about_work_that_was_not_graded_helps(reason: Message, to_do: str) -> None:
    """The same command again reads a notebook of a newer Python no better."""
    ungraded = not_graded().model_copy(update={"message": reason})
    (trouble,) = about_row(row("ada", report(ungraded, status=Status.NOT_GRADED), reason, file="x.ipynb"), None)
    assert spoken(trouble.to_do).startswith(to_do)


UNREAD = [
    pytest.param(say("no_permission", file="'x.ipynb'"), "Give the permission", id="our disk"),
    pytest.param(say("file_is_empty"), "Ask the student", id="the student's file"),
]


@pytest.mark.parametrize(("reason", "to_do"), UNREAD)
def test_what_to_do_about_an_unread_file_is_said_to_whom_it_concerns(reason: Message, to_do: str) -> None:
    """A student is not asked to hand in again what this machine may not read."""
    (said,) = about_row(row("ada", report(status=Status.UNREADABLE), reason, file="x.ipynb"), None)

    assert spoken(said.to_do).startswith(to_do)
