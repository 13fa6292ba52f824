"""What a person's marks make of a report: a pure function. Where marks are kept is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.messages import say
from grader.report.report import CheckMark, CheckResult, ExerciseResult, Mark, Report, RubricItem, Status, Verdict
from grader.report.sums import before_marking, by_points, earned, score, status


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCheck:
    """What a person gave for one check of an exercise: whole points, at most those possible, and why."""

    check: str
    points: int
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person gave for one exercise of one student: whole points, at most those possible, and why. With `items`
    of a rubric, the points are theirs and `extra`, which may be negative, together: never below nothing or above all.

    With `checks` it is of these alone, each in the place of the machine's points for it, and `points` is their sum:
    what the exercise is worth then, the other checks say, too. It has no items.
    """

    points: int
    comment: str = ""
    items: tuple[RubricItem, ...] = ()
    extra: int = 0
    checks: tuple[GivenCheck, ...] = ()


def by_checks(checks: Iterable[GivenCheck], *, comment: str = "") -> Given | None:
    """What these give together, each check named once, in one order however they came; None if there are none."""
    named = {each.check: each for each in checks}
    chosen = tuple(named[name] for name in sorted(named))
    return Given(points=sum(each.points for each in chosen), comment=comment, checks=chosen) if chosen else None


def with_check(standing: Given | None, check: str, given: GivenCheck | None) -> Given | None:
    """What stands of other checks, and that for this one, or without it."""
    others = [each for each in (standing.checks if standing else ()) if each.check != check]
    comment = standing.comment if standing else ""
    return by_checks(others if given is None else [*others, given], comment=comment)


def by_rubric(items: Iterable[RubricItem], *, extra: int, comment: str, possible: int) -> Given:
    """What these items give of so many points, each named once, with `extra` on top."""
    chosen = tuple({each.id: each for each in items}.values())
    total = sum(each.points for each in chosen) + extra
    return Given(points=max(0, min(total, possible)), comment=comment, items=chosen, extra=extra)


def marked(report: Report, given: Mapping[str, Given]) -> Report:
    """A complete `report` with these marks, by exercise, and no others: marks that it had are taken out first.

    A mark of an exercise or of a check takes the place of the machine's points. The machine's verdict stays, unless
    there was none. Marks of exercises that the report lacks, as one of an unreadable notebook does, are left out.
    """
    exercises = tuple(_with(unmarked(exercise), given.get(exercise.id)) for exercise in report.exercises)
    if exercises == report.exercises:
        return report
    became = report.status if report.status is Status.UNREADABLE else status(exercises)
    return report.model_copy(update={"exercises": exercises, "score": score(exercises), "status": became})


def met_nothing(given: Mapping[str, Given], report: Report) -> bool:
    """Whether one of these marks is of an exercise, or of a check, that the report has not."""
    known = {each.id: {check.id for check in each.checks} for each in report.exercises}
    return any(
        name not in known or any(one.check not in known[name] for one in each.checks) for name, each in given.items()
    )


def unmarked(exercise: ExerciseResult) -> ExerciseResult:
    """The exercise as the machine left it."""
    mark = exercise.mark
    if mark is None:
        return exercise
    before = {"verdict": mark.verdict, "earned": mark.earned, "message": mark.message, "mark": None}
    waits = {"possible": 0, "to_mark": exercise.possible} if mark.verdict is Verdict.TO_MARK else {}
    checks = {"checks": tuple(before_marking(check, mark) for check in exercise.checks)} if mark.checks else {}
    return exercise.model_copy(update=before | waits | checks)


def _with(exercise: ExerciseResult, given: Given | None) -> ExerciseResult:
    if given is None:
        return exercise
    return _with_checks(exercise, given) if given.checks else _with_whole(exercise, given)


def _with_checks(exercise: ExerciseResult, given: Given) -> ExerciseResult:
    """What is given for a check that the exercise has not, or not any more, is kept in the mark and counts nowhere."""
    by_id = {check.id: check for check in exercise.checks}
    marks = tuple(_check_mark(each, by_id.get(each.check)) for each in given.checks)
    points = {each.check: each.points for each in marks}
    checks = tuple(
        _judged_by_points(check, points[check.id]) if check.id in points else check for check in exercise.checks
    )
    total = earned(checks) if points.keys() & by_id.keys() else exercise.earned
    mark = Mark(
        points=sum(check.earned or 0 for check in checks) if total is None else total,
        comment=given.comment,
        checks=marks,
        verdict=exercise.verdict,
        earned=exercise.earned,
        message=exercise.message,
    )
    update: dict[str, object] = {"checks": checks, "earned": total, "mark": mark}
    if exercise.verdict is Verdict.NOT_GRADED and total is not None:
        update |= {"verdict": by_points(total, exercise.possible), "message": say("marked")}
    return exercise.model_copy(update=update)


def _check_mark(given: GivenCheck, check: CheckResult | None) -> CheckMark:
    """More points than the check is worth by now, since another revision judged it, are all of it."""
    if check is None:
        return CheckMark(check=given.check, points=given.points, comment=given.comment)
    return CheckMark(
        check=check.id,
        title=check.title,
        points=min(given.points, check.possible),
        comment=given.comment,
        verdict=check.verdict,
        earned=check.earned,
        message=check.message if check.verdict is Verdict.NOT_GRADED else None,
    )


def _judged_by_points(check: CheckResult, points: int) -> CheckResult:
    update: dict[str, object] = {"earned": points}
    if check.verdict is Verdict.NOT_GRADED:
        update |= {"verdict": by_points(points, check.possible), "message": say("marked")}
    return check.model_copy(update=update)


def _with_whole(exercise: ExerciseResult, given: Given) -> ExerciseResult:
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
        update |= {"verdict": by_points(given.points, possible), "message": say("marked")}
    return exercise.model_copy(update=update)
