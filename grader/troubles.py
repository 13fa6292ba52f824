"""What an instructor should look at after a class was graded: each with whose it is, what happened, and what to do.

Words only. Whether something happened is decided by intake, grading and the crew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.class_report import RowStatus, StudentRow, Trouble
from grader.intake import HandIn, Intake, SetAside, Student
from grader.words import counted

AGAIN = "Run the same command again: what is done is not repeated. If it stays so, see `grader doctor`, and report it."
HAND_IN_AGAIN = "Ask the student to hand in the notebook again, and run the same command."


def notes_on(hand_in: HandIn, others: int, looks_like: str | None) -> tuple[str, ...]:
    """What stands in a student's row besides the score; `others` of the student's files were set aside."""
    return (
        *(("Handed in late.",) if hand_in.late else ()),
        *(() if hand_in.on_roster else ("Not on the roster.",)),
        *((f"{counted(others, 'other file')} of this student set aside.",) if others else ()),
        *((f"Looks like the assignment {looks_like}.",) if looks_like else ()),
    )


def notes_without_notebook(student: Student, set_aside: Sequence[SetAside]) -> tuple[str, ...]:
    """What stands in the row of a student whose files hold nothing that can be graded."""
    return tuple(each.reason for each in set_aside if each.student == student.id)


def about_files(intake: Intake) -> Iterator[Trouble]:
    """Files that were not graded, and students whom the roster does not know."""
    graded = {hand_in.student.id for hand_in in intake.hand_ins}
    for each in intake.set_aside:
        if each.student is None:
            to_do = "Look whether a student's work is missing; if so, export it again."
        elif each.student in graded:
            to_do = "Nothing, if that is right. Else delete the file that shall not count, and run the same command."
        else:
            to_do = HAND_IN_AGAIN
        what = each.where if each.student is None else f"{each.student}: {each.where}"
        yield Trouble(what=what, happened=each.reason, to_do=to_do)
    for hand_in in intake.hand_ins:
        if not hand_in.on_roster:
            yield Trouble(
                what=f"{hand_in.student.id}: {hand_in.where}",
                happened="The roster does not name this student. The work was graded all the same.",
                to_do="Compare the spelling with the roster, or add the student to it.",
            )


def about_row(row: StudentRow, looks_like: str | None) -> Iterator[Trouble]:
    """A submission that was not graded, or that answers something else."""
    what = f"{row.student}: {row.file}"
    reason = row.notes[-1] if row.notes else "No reason is known."
    if row.status is RowStatus.UNREADABLE:
        yield Trouble(what=what, happened=reason, to_do=HAND_IN_AGAIN)
    if row.status is RowStatus.NOT_GRADED:
        yield Trouble(what=what, happened=reason, to_do=AGAIN)
    if looks_like is not None:
        yield Trouble(
            what=what,
            happened=f"It answers nothing of this assignment, and looks like {looks_like}.",
            to_do="Ask the student whether the right notebook was handed in.",
        )
