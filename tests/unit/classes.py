"""Classes as tests need them: small, a student of each kind, and one as hostile as they come. No test lives here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.classes.intake import Student
from grader.classes.statistics import AskedExercise, student_row, summed_up
from grader.course.assignment import Visibility
from grader.messages import Message, prose
from grader.report.class_report import ClassReport, ClassRun, StudentRow, Trouble
from grader.report.report import (
    AssignmentReference,
    Counterexample,
    ExerciseResult,
    Place,
    Report,
    Run,
    Shown,
    Status,
    SubmissionReference,
    Verdict,
)
from tests.unit.reports import check, exercise, not_graded, report

CLASS_RUN = ClassRun(
    started="2025-01-01T00:00:00+00:00",
    seconds=12.5,
    host="here",
    graded=4,
    from_journal=2,
    slowest={"ben": 4.0, "anna": 1.5},
)
ASKED = (
    AskedExercise(id="double", title="Double it", possible=30),
    AskedExercise(id="halve", title="Halve it", possible=20),
)
TROUBLES = (
    Trouble(what="cem", happened=prose("cem.ipynb is not a notebook."), to_do=prose("Ask for the file again.")),
    Trouble(what="dora", happened=prose("The sandbox broke."), to_do=prose("Run the same command again.")),
)
#: everything that a format, a terminal or a spreadsheet might take for its own
NASTY = "\x1b[31m\x00\ufffe]]></failure>\n::error::no\r\n::stop-commands::x\n%0A<b>&amp;`|``` \u202egnp.\U0001f600"
NASTY_NAME = '=cmd|"/C calc"!A0\n../\u202egpj.ipynb'


def answered(asked: AskedExercise, points: int, *, mistake: str | None = None) -> ExerciseResult:
    """An exercise of which the first checks passed, ten points each, and the others failed."""
    passed = [Verdict.PASSED if ten < points else Verdict.FAILED for ten in range(0, asked.possible, 10)]
    checks = [check(f"check{number}", verdict) for number, verdict in enumerate(passed)]
    return exercise(*checks, id=asked.id, title=asked.title, misconception=mistake if points < asked.possible else None)


def work(*points: int, mistake: str | None = None, **more: Any) -> Report:
    """The report of a submission that earned these points in the exercises of the class."""
    results = (answered(asked, earned, mistake=mistake) for asked, earned in zip(ASKED, points, strict=True))
    return report(*results, **more)


def row(student: str, found: Report | None, *notes: Message | str, file: str | None = "", **more: Any) -> StudentRow:
    """The row of a student with this report; without one, and with no file, of somebody who handed in nothing."""
    return student_row(
        student=Student(id=student, **more),
        file=f"{student}.ipynb" if file == "" and found is not None else file or None,
        report=found,
        report_path=None if found is None else f"reports/{student}.json",
        notes=tuple(note if isinstance(note, Message) else prose(note) for note in notes),
    )


def class_of(*rows: StudentRow, troubles: Iterable[Trouble] = (), **more: Any) -> ClassReport:
    """The class report of these rows."""
    reference = AssignmentReference(id="lab", title="A lab", version="1")
    made = summed_up(reference, ASKED, rows=rows, troubles=tuple(troubles), run=CLASS_RUN)
    return made.model_copy(update=more)


UNREADABLE = report(status=Status.UNREADABLE, score=None, assignment=None, notices=("It is not JSON. Save it again.",))
BROKEN = report(answered(ASKED[0], 30), not_graded(), status=Status.NOT_GRADED)
REPORTS = {
    "anna": work(30, 20),
    "ben": work(20, 0, mistake="adds_two"),
    "cem": UNREADABLE,
    "dora": BROKEN,
    "eve": work(0, 0, mistake="adds_two"),
}
ROWS = (
    *(row(student, found) for student, found in REPORTS.items()),
    row("finn", None),
)
CLASS = class_of(*ROWS, troubles=TROUBLES)


def hostile() -> Report:
    """Whatever a student can write, as bad as it gets: name, print, messages, counterexample, ten thousand letters."""
    shown = Shown(text=NASTY * 10, type="str")
    example = Counterexample(call=f"double({NASTY})", inputs=(), got=shown, expected=shown)
    checks = (
        check("wrong", Verdict.FAILED, message=NASTY, hint=NASTY, counterexample=example),
        check("raises", Verdict.RAISED, message="x" * 10_000 + NASTY, raised_at=Place(cell=5, line=3)),
        check("later", Verdict.SKIPPED, message=NASTY),
        check("secret", Verdict.FAILED, message="SECRET " + NASTY, visibility=Visibility.HIDDEN),
    )
    return report(
        exercise(*checks, printed=NASTY, notices=(NASTY,)),
        submission=SubmissionReference(name=NASTY_NAME, sha256="0" * 64),
        notices=(NASTY,),
        run=Run(started="yesterday", seconds=1.5, host=NASTY),
    )


HOSTILE = hostile()
HOSTILE_CLASS = class_of(
    row(NASTY_NAME, HOSTILE, NASTY, name=NASTY_NAME, email="+1@x", columns={"section": "@SUM(A1)", "idnumber": "-5"}),
    troubles=[Trouble(what=NASTY_NAME, happened=prose(NASTY), to_do=prose(NASTY))],
)
