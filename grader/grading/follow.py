"""Follow-through: an exercise that calls earlier ones is judged with the reference in their place. Who lends what to a
room, and what a student is told about it. Nothing is called here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from grader.course.assignment import Visibility
from grader.messages import Message, say
from grader.report.report import ExerciseResult, Verdict
from grader.wall.protocol import Answer, Ended, Job, Opened, Question, Raised, StudentError
from grader.wall.sandbox import Lend
from grader.wall.sandbox.passing import PassingRoom

#: characters of an error that are told; a table of what was borrowed does not fit in
MOST_OF_ERROR: Final = 120


class Discreet(PassingRoom):
    """A room that borrows, as it may be told of: its code could carry off what it borrowed, answer by answer, to hand
    it in the next time. So what it printed is not kept, and of an error only as much as helps to find a fault."""

    @property
    def printed(self) -> str:
        """Nothing, whatever it was."""
        return ""

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        """See `Room.open`."""
        opened = self._room.open(job, lend)
        if isinstance(opened, Ended):
            return opened
        return replace(opened, failures=tuple(replace(each, error=_in_short(each.error)) for each in opened.failures))

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """See `Room.ask`."""
        answers = self._room.ask(questions)
        return [replace(each, error=_in_short(each.error)) if isinstance(each, Raised) else each for each in answers]


def _in_short(error: StudentError) -> StudentError:
    text = error.text
    return replace(
        error, text=text if len(text) <= MOST_OF_ERROR else f"{text[: MOST_OF_ERROR - 1]}\N{HORIZONTAL ELLIPSIS}"
    )


def has_visible_fault(result: ExerciseResult) -> bool:
    """Whether a check that students see has not passed. What a hidden check found, no notice may tell."""
    shown = (check for check in result.checks if check.visibility is Visibility.VISIBLE)
    return result.earned is not None and any(check.verdict is not Verdict.PASSED for check in shown)


def about_reference(names: Sequence[str]) -> Message:
    """That the reference stood in for these functions."""
    if len(names) == 1:
        return say("judged_with", name=names[0])
    return say("judged_with_several", names=", ".join(names))


def about_own(names: Sequence[str], *, works: bool) -> Message:
    """How the same code does with the student's own functions of these names."""
    return say("own_works" if works else "own_does_not_work", names=", ".join(names))
