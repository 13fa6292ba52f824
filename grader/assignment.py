"""An assignment as data: what is asked, what it is worth, and under which limits. Nothing here runs or judges.

A course folder holds `assignments/<id>/assignment.py`, which binds the name `ASSIGNMENT`. The exercise kinds live in
`checks/`, one file each: they extend `Exercise` and `Check` with what their kind needs to know.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from grader.limits import RoomLimits

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
PythonName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=60)]
Runtime = Literal["numpy", "sympy", "tensorflow"]


class Visibility(StrEnum):
    """When a student may see a check: its message, its counterexample, the points it moved.

    At once; when the assignment's due date has passed; when the results are published; never. The most open first:
    whoever sees a check sees those before it as well.
    """

    VISIBLE = "visible"
    AFTER_DUE = "after_due"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"

    @property
    def openness(self) -> int:
        """Its place among them: 0 is seen by all."""
        return list(Visibility).index(self)


class Data(BaseModel):
    """Frozen, closed data: a misspelt field is an error, not a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Check(Data):
    """One judged statement about an exercise.

    `passed` and `failed` are what the student reads; `hint` belongs to a failure. `needs` names checks of the same
    exercise that must have passed: if one has not, this check is `skipped` and earns nothing, since "the order is
    kept" is no achievement of a function that computes something else.
    """

    id: Identifier
    title: str
    points: int = Field(ge=0)
    visibility: Visibility = Visibility.VISIBLE
    passed: str
    failed: str
    hint: str | None = None
    needs: tuple[Identifier, ...] = ()


class Exercise(Data):
    """One graded thing. `target` is the name the notebook must bind; `markers` are the words after `GRADED CELL:` and
    the like, or whole marks such as `UNQ_C1`, by which its cell may be found as well.

    `depends_on` names earlier exercises whose functions this one calls. It is judged with the reference in their place,
    so that one mistake is charged once; name those which the answer calls itself, not what these call in turn.
    Where `trained` is set, what trains the target runs as well; elsewhere that costs time and changes nothing.
    """

    kind: ClassVar[str]
    trained: ClassVar[bool] = False

    id: Identifier
    title: str
    target: PythonName
    markers: tuple[str, ...] = ()
    limits: RoomLimits = RoomLimits()
    depends_on: tuple[Identifier, ...] = ()
    checks: tuple[Check, ...] = Field(min_length=1)

    @property
    def points(self) -> int:
        """The most this exercise can earn."""
        return sum(check.points for check in self.checks)

    @model_validator(mode="after")
    def _checks_fit_together(self) -> Self:
        _refuse_twice(f"exercise {self.id}: check id", [check.id for check in self.checks])
        before: set[str] = set()
        for check in self.checks:
            if unknown := [need for need in check.needs if need not in before]:
                raise ValueError(
                    f"exercise {self.id}, check {check.id}: needs {unknown[0]}, which no earlier check is called"
                )
            before.add(check.id)
        secrecy = {check.id: check.visibility.openness for check in self.checks}
        for check in self.checks:
            if secret := [need for need in check.needs if secrecy[need] > check.visibility.openness]:
                raise ValueError(
                    f"exercise {self.id}, check {check.id}: it is {check.visibility} and needs {secret[0]}, which "
                    "students see later or never; that it is skipped would tell them. Give both the same visibility"
                )
        return self


class Assignment(Data):
    """One lab. `seed` decides the drawn inputs, alike for the whole class; `runtime`: what a room preloads.

    `total` is what the points of its checks are meant to add up to; `grader check` says if they do not. `due` names its
    time zone, since 18:00 is not the same moment everywhere. With `show_hidden_titles` students read the titles,
    verdicts and points of checks that are not visible to them yet; without, only how many there are.
    """

    id: Identifier
    title: str
    version: str
    runtime: Runtime = "numpy"
    seed: int = Field(default=0, ge=0, lt=2**32)
    total: int = Field(default=100, gt=0)
    due: AwareDatetime | None = None
    show_hidden_titles: bool = False
    exercises: tuple[Exercise, ...] = Field(min_length=1)

    @property
    def points(self) -> int:
        """The most a submission can earn."""
        return sum(exercise.points for exercise in self.exercises)

    @model_validator(mode="after")
    def _exercises_fit_together(self) -> Self:
        _refuse_twice("exercise id", [exercise.id for exercise in self.exercises])
        _refuse_twice("target", [exercise.target for exercise in self.exercises])
        _refuse_twice("marker", [marker for exercise in self.exercises for marker in exercise.markers])
        before: set[str] = set()
        for exercise in self.exercises:
            _refuse_twice(f"exercise {exercise.id}: depends_on", list(exercise.depends_on))
            if unknown := [name for name in exercise.depends_on if name not in before]:
                raise ValueError(
                    f"exercise {exercise.id}: depends_on names {unknown[0]}, which is the id of no earlier exercise. "
                    "Correct the id in assignment.py, or put that exercise before this one"
                )
            before.add(exercise.id)
        return self


def _refuse_twice(what: str, names: list[Any]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{what} {twice[0]!r} stands twice; each must be its own")
