"""What rows say in short of things that are kept whole elsewhere: an assignment, a report, how far grading has come."""

from __future__ import annotations

from pydantic import Field

from grader.course.assignment import Visibility
from grader.policy.terms import Frozen, Terms
from grader.report.report import Mark, Verdict


class ExerciseOutline(Frozen):
    """One exercise: its id, its title by language, the points it is worth. `by_person`: no machine gives them."""

    id: str
    title: dict[str, str]
    points: int
    by_person: bool = False


class AssignmentOutline(Frozen):
    """One assignment of a revision. `terms`: what `opening.toml` beside it says. `fault`: why it cannot be read.

    `digest` of its files and its reference's; `release`: the blob of the zip that students get, once it is made.
    """

    id: str
    title: dict[str, str]
    exercises: tuple[ExerciseOutline, ...] = ()
    terms: Terms | None = None
    fault: str | None = None
    digest: str | None = None
    release: str | None = None


class CheckOutline(Frozen):
    """One check of a graded attempt, and when its student may see it: what is not said is hidden."""

    id: str
    verdict: str
    visibility: Visibility = Visibility.HIDDEN
    earned: int | None = None
    possible: int = 0


class GradedExercise(Frozen):
    """One exercise of a graded attempt; `earned` is None where it was not graded. `misconception` names the known
    mistake that answers alike. `to_mark`: points that wait for a person, beside the possible ones; `mark`: what a
    person gave, which is what was `earned`, and what the machine had said."""

    id: str
    verdict: str
    earned: int | None
    possible: int
    checks: tuple[CheckOutline, ...] = ()
    misconception: str | None = None
    to_mark: int = 0
    mark: Mark | None = None

    @property
    def by_person(self) -> bool:
        """Whether nobody but a person gives points there."""
        return self.to_mark > 0 or (self.mark is not None and self.mark.verdict is Verdict.TO_MARK)

    @property
    def points(self) -> int:
        """All that can be earned there, by machine or person."""
        return self.possible + self.to_mark


class ResultOutline(Frozen):
    """A report in numbers. For staff alone: it counts the checks that students do not see. `titles_shown`: the
    assignment shows students titles, verdicts and points of checks that are not visible to them yet."""

    exercises: tuple[GradedExercise, ...] = ()
    earned: int | None = None
    possible: int | None = None
    seconds: float = Field(default=0.0, ge=0)
    titles_shown: bool = False

    @property
    def to_mark(self) -> int:
        """Points that wait for a person, beside the possible ones."""
        return sum(each.to_mark for each in self.exercises)


class Stage(Frozen):
    """How far grading has come: `exercise` of `exercises`, counted from 1; its title as the course says it."""

    exercise: int
    exercises: int
    title: str


def unmarked(exercise: GradedExercise) -> GradedExercise:
    """The exercise as the machine left it: what `report/marking.py` does to the report's own."""
    mark = exercise.mark
    if mark is None:
        return exercise
    waits = {"possible": 0, "to_mark": exercise.possible} if mark.verdict is Verdict.TO_MARK else {}
    checks = tuple(_unmarked(check, mark) for check in exercise.checks) if mark.checks else exercise.checks
    before = {"verdict": mark.verdict, "earned": mark.earned, "mark": None, "checks": checks}
    return exercise.model_copy(update=before | waits)


def _unmarked(check: CheckOutline, mark: Mark) -> CheckOutline:
    given = mark.on(check.id)
    if given is None or given.verdict is None:
        return check
    return check.model_copy(update={"verdict": given.verdict.value, "earned": given.earned})
