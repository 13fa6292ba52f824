"""What an instructor should look at after a class was graded: each with whose it is, what happened, and what to do.

Words only. Whether something happened is decided by intake, grading and the crew.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from grader.classes.intake import HandIn, Intake, SetAside, Student
from grader.classes.intake.names import alike
from grader.errors import UsageError
from grader.messages import Message, counted, prose, say
from grader.messages.visible import in_cell
from grader.render.gradebook import canvas_column
from grader.report.class_report import RowStatus, StudentRow, Trouble
from grader.report.report import ExerciseResult, Report, Verdict

#: how the room's lock answers: code that starts processes or signals others raises a PermissionError with this
_REFUSED: Final = f"[Errno {errno.EPERM}] {os.strerror(errno.EPERM)}"

#: assignments of a gradebook that are named where the right one is not found
COLUMNS: Final = 12

#: troubles of marks, which change while reports stay
OF_MARKS: Final = frozenset({"waits_for_mark", "mark_without_answer"})

AGAIN: Final = say("run_again")
HAND_IN_AGAIN: Final = say("ask_to_hand_in_again")


def notes_on(hand_in: HandIn, others: int, looks_like: str | None) -> tuple[Message, ...]:
    """What stands in a student's row besides the score; `others` of the student's files were set aside."""
    return (
        *((say("handed_in_late"),) if hand_in.late else ()),
        *(() if hand_in.on_roster else (say("not_on_roster"),)),
        *((say("others_set_aside", files=counted(others, "other file")),) if others else ()),
        *((say("looks_like", assignment=looks_like),) if looks_like else ()),
    )


def notes_without_notebook(student: Student, set_aside: Sequence[SetAside]) -> tuple[Message, ...]:
    """What stands in the row of a student whose files hold nothing that can be graded."""
    return tuple(each.reason for each in set_aside if each.student == student.id)


def about_files(intake: Intake) -> Iterator[Trouble]:
    """Files that were not graded, and students whom the roster does not know."""
    graded = {hand_in.student.id for hand_in in intake.hand_ins}
    for each in intake.set_aside:
        if each.student is None:
            to_do = say("look_for_missing_work")
        elif each.student in graded:
            to_do = say("delete_what_shall_not_count")
        else:
            to_do = _unread(each.reason)
        what = each.where if each.student is None else f"{each.student}: {each.where}"
        yield Trouble(what=what, happened=each.reason, to_do=to_do)
    twins = alike([hand_in.student.id for hand_in in intake.hand_ins])
    for hand_in in intake.hand_ins:
        what = f"{hand_in.student.id}: {hand_in.where}"
        if not hand_in.on_roster:
            yield Trouble(what=what, happened=say("roster_lacks_student"), to_do=say("compare_with_roster"))
        if hand_in.student.id in twins:
            yield Trouble(what=what, happened=say("name_alike"), to_do=say("two_or_one"))
        if _may_fool(hand_in.student.id):
            yield Trouble(what=what, happened=say("name_is_odd"), to_do=say("whose_name"))


def _may_fool(name: str) -> bool:
    """It hides or turns around text, or begins as a spreadsheet's formula does."""
    return name.startswith(("=", "+", "-", "@")) or in_cell(name, most=len(name)) != name


def no_column(title: str, column: str | None, headings: Collection[str]) -> Message | None:
    """What Canvas's gradebook, as the roster's headings have it, lacks of the assignment; None if it lacks nothing.

    Raises UsageError if a column was named that it does not have.
    """
    found = canvas_column(title, column, headings)
    if found.known:
        return None
    there = ", ".join(map(repr, found.others[:COLUMNS])) + (", ..." if found.others[COLUMNS:] else "")
    if column is not None:
        raise UsageError(f"Canvas's gradebook has no column {column!r}. Name one of these with --column: {there}.")
    return say("canvas_lacks_column", title=found.heading, columns=there)


def about_row(row: StudentRow, looks_like: str | None) -> Iterator[Trouble]:
    """A submission that was not graded, or that answers something else."""
    what = f"{row.student}: {row.file}"
    reason = row.notes[-1] if row.notes else say("no_reason_known")
    if row.status is RowStatus.UNREADABLE:
        yield Trouble(what=what, happened=reason, to_do=_unread(reason))
    if row.status is RowStatus.NOT_GRADED:
        to_do = say("use_newer_python") if reason.key == "newer_python" else AGAIN
        yield Trouble(what=what, happened=reason, to_do=to_do)
    if looks_like is not None:
        happened = say("answers_another", assignment=looks_like)
        yield Trouble(what=what, happened=happened, to_do=say("ask_whether_right_notebook"))
    elif row.exercises and all(each.verdict is Verdict.MISSING for each in row.exercises.values()):
        yield Trouble(what=what, happened=say("answers_nothing"), to_do=say("ask_whether_right_notebook"))


def about_marks(row: StudentRow, possible: int) -> Iterator[Trouble]:
    """A mark that is lacking where `possible` points count for the class, or that met no answer."""
    what = f"{row.student}: {row.file}"
    if row.lacks_marks(possible):
        yield Trouble(what=what, happened=say("waits_for_mark"), to_do=say("add_mark"))
    for note in row.notes:
        if note.key == "mark_without_answer":
            yield Trouble(what=what, happened=note, to_do=say("see_the_notebook"))


def _unread(reason: Message) -> Message:
    """What to do about a file that could not be read; where our disk refused it, the student can do nothing."""
    ours = any(part.key in ("no_permission", "give_permission") for part in reason.parts)
    return say("permit_and_run") if ours else HAND_IN_AGAIN


def about_stops(row: StudentRow, stops: Sequence[Message]) -> Iterator[Trouble]:
    """Code that was stopped: it cost points as it should, and nobody else anything."""
    for each in stops:
        yield Trouble(what=f"{row.student}: {row.file}", happened=each, to_do=say("read_the_cell"))


def stops_in(report: Report) -> tuple[Message, ...]:
    """Where a submission's code ran out of a limit or tried what no room allows, a sentence for each exercise."""
    return tuple(
        say("was_stopped", exercise=prose(exercise.title), reason=reason)
        for exercise in report.exercises
        if (reason := _stopped(exercise)) is not None
    )


def _stopped(exercise: ExerciseResult) -> Message | None:
    ended = (Verdict.TIMED_OUT, Verdict.OVER_LIMIT)
    return next(
        (check.message for check in exercise.checks if check.verdict in ended or _was_refused(check.message)),
        exercise.message if exercise.verdict in ended else None,
    )


def _was_refused(message: Message) -> bool:
    errors = (each.fields for each in message.everything if each.key == "error")
    return any(
        fields.get("type") == PermissionError.__name__ and str(fields.get("text")).startswith(_REFUSED)
        for fields in errors
    )
