"""The report as a reader may see it: for a student, without what each check's visibility withholds."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from grader.course.assignment import Visibility
from grader.messages import say
from grader.report.report import (
    AssignmentReference,
    Audience,
    CheckResult,
    ExerciseResult,
    Mark,
    Report,
    Run,
    Status,
    Verdict,
    Withheld,
)
from grader.report.sums import before_marking, by_points, earned, overall, score, status, summary


def seen_by(report: Report, audience: Audience, *, now: datetime | None = None, published: bool = False) -> Report:
    """The report as `audience` may read it: for a student, without what each check's visibility withholds.

    `now` is the moment of reading, with its time zone; without one the due date has not passed. `published`: the
    instructor has released the results, whatever the date.
    """
    if audience is Audience.INSTRUCTOR:
        return report
    open_now = _open(report.assignment, now, published)
    named = report.assignment is not None and report.assignment.show_hidden_titles
    exercises = tuple(_for_student(exercise, open_now, named=named) for exercise in report.exercises)
    shown = None if report.score is None else score(exercises)
    made_by = report.provenance.model_copy(update={"seed": None})
    seen = report.model_copy(
        update={
            "status": report.status if report.status is Status.UNREADABLE else status(exercises),
            "audience": audience,
            "exercises": exercises,
            "score": shown,
            "provenance": made_by,
        }
    )
    return seen if _all_open(report, open_now) else seen.model_copy(update={"run": _untimed(report.run)})


def _open(assignment: AssignmentReference | None, now: datetime | None, published: bool) -> AbstractSet[Visibility]:
    """The visibilities whose checks a student may read."""
    due = None if assignment is None else assignment.due
    if published:
        return set(Visibility) - {Visibility.HIDDEN}
    if due is not None and now is not None and now >= due:
        return {Visibility.VISIBLE, Visibility.AFTER_DUE}
    return {Visibility.VISIBLE}


def _all_open(report: Report, open_now: AbstractSet[Visibility]) -> bool:
    return all(check.visibility in open_now for exercise in report.exercises for check in exercise.checks)


def _untimed(run: Run) -> Run:
    """Code can wait as many seconds as an input of a hidden check says: then how long grading took tells the input."""
    return run.model_copy(update={"seconds": 0.0})


def _for_student(exercise: ExerciseResult, open_now: AbstractSet[Visibility], *, named: bool) -> ExerciseResult:
    """Verdict, sentence and points follow from the checks that are shown, so that they tell nothing of the others."""
    kept_back = [check for check in exercise.checks if check.visibility not in open_now]
    known = exercise.model_copy(update={"misconception": None, "behaviour": None, "reads_as": None, "rubric": ""})
    if exercise.mark is not None and exercise.mark.checks:
        known = known.model_copy(update={"mark": _marks_seen(exercise, exercise.mark, open_now, named=named)})
    if not kept_back:
        return known.model_copy(update={"withheld_notices": ()})
    shown = tuple(
        check if check.visibility in open_now else _title_only(check)
        for check in exercise.checks
        if named or check.visibility in open_now
    )
    verdict = overall(shown) if shown else Verdict.SKIPPED
    safe = {
        "checks": shown,
        "withheld_notices": (),
        "printed": exercise.printed if _printer(exercise) in open_now else "",
        "layers": (),  # what is asked of a model may be what a hidden check asks
        "curve": None,
    }
    if not exercise.checks:  # nothing could be asked, whatever the visibility
        return known.model_copy(update=safe)
    judged: dict[str, Any] = {
        "verdict": verdict,
        "message": summary(verdict, shown) if shown else say("not_shown_yet"),
        "earned": earned(shown),
        "possible": sum(check.possible for check in shown),
        "withheld": None if named else _withheld(kept_back),
    }
    if exercise.mark is not None and not exercise.mark.checks:
        judged |= _marked_for_student(exercise, exercise.mark, judged)
    elif known.mark is not None:
        machine = {"verdict": known.mark.verdict, "message": known.mark.message}
        judged |= _by_people(known.mark, judged) if known.mark.verdict is Verdict.NOT_GRADED else machine
    return known.model_copy(update=safe | judged)


def _marked_for_student(exercise: ExerciseResult, mark: Mark, judged: dict[str, Any]) -> dict[str, Any]:
    """A person's points are of the whole exercise: nothing comes later. The machine's would tell of hidden checks."""
    withheld: Withheld | None = judged["withheld"]
    seen = {"verdict": judged["verdict"], "message": judged["message"], "earned": None}
    return {
        "earned": mark.points,
        "possible": exercise.possible,
        "withheld": withheld and withheld.model_copy(update={"points": 0}),
        "mark": mark.model_copy(update=seen),
        **({"verdict": exercise.verdict, "message": exercise.message} if mark.verdict is Verdict.NOT_GRADED else {}),
    }


def _marks_seen(exercise: ExerciseResult, mark: Mark, open_now: AbstractSet[Visibility], *, named: bool) -> Mark | None:
    """Of marks of checks, those of checks that are shown, as if there were no others; what was said of one whose title
    alone is shown is not."""
    shown = tuple(check for check in exercise.checks if named or check.visibility in open_now)
    machine = tuple(before_marking(check, mark) for check in shown)
    given = tuple(
        one if check.visibility in open_now else one.model_copy(update={"comment": "", "message": None})
        for check in shown
        if (one := mark.on(check.id)) is not None
    )
    if not given and not mark.comment:
        return None
    seen = {"points": sum(check.earned or 0 for check in shown), "checks": given, "earned": earned(machine)}
    if len(shown) < len(exercise.checks):
        verdict = overall(machine)
        seen |= {"verdict": verdict, "message": summary(verdict, machine)}
    return mark.model_copy(update=seen)


def _by_people(mark: Mark, judged: dict[str, Any]) -> dict[str, Any]:
    """What no machine could say is said by the points, once there are all of them."""
    if judged["earned"] is None:
        return {}
    return {"verdict": by_points(mark.points, judged["possible"]), "message": say("marked")}


def _withheld(checks: list[CheckResult]) -> Withheld:
    return Withheld(
        checks=len(checks),
        points=sum(check.possible for check in checks),
        after_due=sum(check.visibility is Visibility.AFTER_DUE for check in checks),
    )


def _title_only(check: CheckResult) -> CheckResult:
    """Title, verdict and points; nothing of what was asked and what came out."""
    told = {"message": say("details_not_shown"), "hint": None, "counterexample": None, "raised_at": None}
    return check.model_copy(update=told)


def _printer(exercise: ExerciseResult) -> Visibility:
    """Whose calls made the code print what is kept: those of the most open checks, which have a room of their own."""
    return min((check.visibility for check in exercise.checks), key=lambda each: each.openness)
