"""What a person's marks make of a report: a pure function. Where marks are kept is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.messages import say
from grader.report.report import ExerciseResult, Mark, Report, RubricItem, Status, Verdict, score, status


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person gave for one exercise of one student: whole points, at most those possible, and why. With `items`
    of a rubric, the points are theirs and `extra`, which may be negative, together: never below nothing or above all.
    """

    points: int
    comment: str = ""
    items: tuple[RubricItem, ...] = ()
    extra: int = 0


def by_rubric(items: Iterable[RubricItem], *, extra: int, comment: str, possible: int) -> Given:
    """What these items give of so many points, each named once, with `extra` on top."""
    chosen = tuple({each.id: each for each in items}.values())
    total = sum(each.points for each in chosen) + extra
    return Given(points=max(0, min(total, possible)), comment=comment, items=chosen, extra=extra)


def marked(report: Report, given: Mapping[str, Given]) -> Report:
    """A complete `report` with these marks, by exercise, and no others: marks that it had are taken out first.

    A mark takes the place of the machine's points. The machine's verdict stays, unless there was none. Marks of
    exercises that the report lacks, as one of an unreadable notebook does, are left out.
    """
    exercises = tuple(_with(unmarked(exercise), given.get(exercise.id)) for exercise in report.exercises)
    if exercises == report.exercises:
        return report
    became = report.status if report.status is Status.UNREADABLE else status(exercises)
    return report.model_copy(update={"exercises": exercises, "score": score(exercises), "status": became})


def unmarked(exercise: ExerciseResult) -> ExerciseResult:
    """The exercise as the machine left it."""
    mark = exercise.mark
    if mark is None:
        return exercise
    before = {"verdict": mark.verdict, "earned": mark.earned, "message": mark.message, "mark": None}
    waits = {"possible": 0, "to_mark": exercise.possible} if mark.verdict is Verdict.TO_MARK else {}
    return exercise.model_copy(update=before | waits)


def _with(exercise: ExerciseResult, given: Given | None) -> ExerciseResult:
    if given is None:
        return exercise
    mark = Mark(
        points=given.points,
        comment=given.comment,
        items=given.items,
        verdict=exercise.verdict,
        earned=exercise.earned,
        message=exercise.message,
    )
    possible = exercise.possible + exercise.to_mark
    update = {"earned": given.points, "possible": possible, "to_mark": 0, "mark": mark}
    if exercise.verdict in (Verdict.TO_MARK, Verdict.NOT_GRADED):
        update |= {"verdict": _verdict(given.points, possible), "message": say("marked")}
    return exercise.model_copy(update=update)


def _verdict(points: int, possible: int) -> Verdict:
    if points >= possible:
        return Verdict.PASSED
    return Verdict.PARTIAL if points else Verdict.FAILED
