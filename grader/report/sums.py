"""What checks come to: the points and verdict of an exercise, the score and status of a submission, in one sentence.

The only place where points are added up.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.messages import Message, say
from grader.report.report import CheckResult, ExerciseResult, Mark, Score, Status, Verdict


def score(exercises: tuple[ExerciseResult, ...]) -> Score:
    """The sum of the exercises: the only place where points are added up."""
    possible = sum(exercise.possible for exercise in exercises)
    to_mark = sum(exercise.to_mark for exercise in exercises)
    known = [exercise.earned for exercise in exercises if exercise.earned is not None]
    if len(known) < len(exercises):
        return Score(earned=None, possible=possible, percent=None, to_mark=to_mark)
    total = sum(known)
    percent = 100 * total // possible if possible else 0
    return Score(earned=total, possible=possible, percent=percent, to_mark=to_mark)


def status(exercises: tuple[ExerciseResult, ...]) -> Status:
    """What became of a submission that could be read."""
    return Status.NOT_GRADED if any(exercise.earned is None for exercise in exercises) else Status.GRADED


def earned(checks: Iterable[CheckResult]) -> int | None:
    """The points of these checks together; None while one of them is not graded."""
    points = [check.earned for check in checks]
    return None if None in points else sum(filter(None, points))


def overall(checks: tuple[CheckResult, ...]) -> Verdict:
    """The verdict of an exercise from its judged checks: passed only if every one of them is, open if one is.

    Where nothing was earned, the first check that was looked at says why.
    """
    if checks and all(check.verdict is Verdict.PASSED for check in checks):
        return Verdict.PASSED
    if any(check.verdict is Verdict.NOT_GRADED for check in checks):
        return Verdict.NOT_GRADED
    if any(check.earned for check in checks):
        return Verdict.PARTIAL
    reasons = (check.verdict for check in checks if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED))
    return next(reasons, Verdict.FAILED)


def by_points(points: int, possible: int) -> Verdict:
    """The verdict of what a person alone gave points for."""
    if points >= possible:
        return Verdict.PASSED
    return Verdict.PARTIAL if points else Verdict.FAILED


def before_marking(check: CheckResult, mark: Mark | None) -> CheckResult:
    """The check as the machine left it."""
    given = None if mark is None else mark.on(check.id)
    if given is None or given.verdict is None:
        return check
    told = {"verdict": given.verdict, "earned": given.earned, "message": given.message or check.message}
    return check.model_copy(update=told)


def summary(verdict: Verdict, checks: tuple[CheckResult, ...]) -> Message:
    """One sentence on an exercise, from its verdict and the checks that the reader may see."""
    passed = sum(check.verdict is Verdict.PASSED for check in checks)
    if verdict is Verdict.PASSED:
        return say("all_passed")
    if passed:
        return say("some_passed", passed=passed, all=len(checks))
    return next((check.message for check in checks if check.verdict is verdict), say("none_passed"))
