"""An assignment as data: what is asked, what it is worth, and under which limits. Nothing here runs or judges.

A course folder holds `assignments/<id>/assignment.py`, which binds the name `ASSIGNMENT`; `grader.lab` is what it is
written with. What can be asked, and what makes an answer right, are types of `judging/`: here it is only said that a
check has one of each.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol, Self, TypeVar, runtime_checkable

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from grader.limits import RoomLimits
from grader.wall.room.preloaded import Libraries

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
PythonName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=60)]
#: what a notebook is called, without its ending
NotebookName = Annotated[str, StringConstraints(pattern=r"^(\w[\w .()-]*)?$", max_length=100)]
Runtime = Literal["numpy", "sympy", "tensorflow", "torch"]
#: what the answer to an exercise is
Thing = Literal["function", "model", "value"]
T = TypeVar("T")


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


@runtime_checkable
class WhatIsAsked(Protocol):
    """What is asked of the student's code, as far as the assignment has to know; see `judging/question.py`.

    `asks_for` is what the answer is: what else bears the name, as a model where a function is asked for, is none. Where
    `trained`, what trains the target runs as well; elsewhere that costs time and changes nothing. `answered_by` is what
    of the reference answers it, too: the function of the target's name, its value, or nothing. Where `drawn`, a seed
    decides what is asked. `practised_as` is how a practice sheet puts it, if it can be handed out.
    """

    @property
    def asks_for(self) -> Thing: ...
    @property
    def trained(self) -> bool: ...
    @property
    def answered_by(self) -> Thing | None: ...
    @property
    def drawn(self) -> bool: ...
    @property
    def practised_as(self) -> Literal["calls", "model"] | None: ...


class CallShape(Data):
    """One way to call: `names` are what the lab's template calls the parameters, in its order.

    `passes` are the places of the canonical arguments they stand for, counted from 0; left out, the first in order.
    `CallShape(names=("A2", "Y"))` passes the first two; `CallShape(names=("X", "parameters"), passes=(1, 0))` is a
    `predict` that takes its two canonical arguments the other way round.
    """

    names: tuple[PythonName, ...] = Field(min_length=1)
    passes: tuple[int, ...] | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """Which canonical argument each parameter stands for."""
        return tuple(range(len(self.names))) if self.passes is None else self.passes

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        places = self.places
        if len(self.names) != len(places) or len(set(places)) != len(places) or min(places) < 0:
            raise ValueError("a call shape needs one place in `passes` for each of its `names`, and no place twice")
        return self

    def pick(self, canonical: Sequence[T]) -> tuple[T, ...]:
        """The arguments of a call of this shape, of all canonical ones. Raises IndexError if there are too few."""
        return tuple(canonical[place] for place in self.places)


class Check(Data):
    """One judged statement about an exercise: a question, and a rule that its answers have to keep.

    `passed` and `failed` are what the student reads; `hint` belongs to a failure. `needs` names checks of the same
    exercise that must have passed: if one has not, this check is `skipped` and earns nothing, since "the order is
    kept" is no achievement of a function that computes something else.
    """

    id: Identifier
    title: str
    points: int = Field(ge=0)
    question: WhatIsAsked
    rule: Any  # a `Rule` of `judging/rules.py`
    visibility: Visibility = Visibility.VISIBLE
    passed: str
    failed: str
    hint: str | None = None
    needs: tuple[Identifier, ...] = ()


class Remark(Data):
    """A note without points on work that passed: `text` is said if `applies` to some reaction to the question, or if
    one breaks the `rule`. What is good to know but not asked in so many words is a remark, and no check."""

    question: WhatIsAsked
    applies: Callable[[Any], bool] | None = None
    rule: Any = None
    text: str

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.applies is None) == (self.rule is None):
            raise ValueError("a remark needs either `applies` or a `rule`, which say when it is made")
        return self


class Exercise(Data):
    """One graded thing. `target` is the name the notebook must bind; `markers` are the words after `GRADED CELL:` and
    the like, or whole marks such as `UNQ_C1`, by which its cell may be found as well.

    `depends_on` names earlier exercises whose functions this one calls. It is judged with the reference in their place,
    so that one mistake is charged once; name those which the answer calls itself, not what these call in turn.

    The questions of a function give its canonical arguments. Where templates of the lab differ in what they pass,
    `shapes` says how each calls it, the usual one first: the student's definition shows which was followed. Reference
    and mistakes may be written for any of them, or take all canonical arguments.

    Of a text, `prompt` is a line of the cell that asks for it, as the starter has it: the cell of prose below it is the
    value of `target`.

    `also_asked` are more names of the notebook that its questions ask for: what gives them their values runs as well.

    Where students hand in several notebooks, `notebook` is what the one is called in which it is answered.
    """

    id: Identifier
    title: str
    target: PythonName
    notebook: NotebookName = ""
    markers: tuple[str, ...] = ()
    limits: RoomLimits = RoomLimits()
    depends_on: tuple[Identifier, ...] = ()
    shapes: tuple[CallShape, ...] = ()
    prompt: str = ""
    also_asked: tuple[PythonName, ...] = ()
    checks: tuple[Check, ...] = Field(min_length=1)
    remarks: tuple[Remark, ...] = ()

    @property
    def points(self) -> int:
        """The most this exercise can earn."""
        return sum(check.points for check in self.checks)

    @property
    def asks_for(self) -> Thing:
        """What its answer is; see `WhatIsAsked`."""
        return self.checks[0].question.asks_for

    @property
    def trained(self) -> bool:
        """Whether what trains the target runs as well."""
        return any(check.question.trained for check in self.checks)

    @property
    def answered_by(self) -> Thing | None:
        """What of the reference its questions are answered by; None if they are answered without it."""
        return next((found for check in self.checks if (found := check.question.answered_by)), None)

    @model_validator(mode="after")
    def _checks_fit_together(self) -> Self:
        _refuse_twice(f"exercise {self.id}: check id", [check.id for check in self.checks])
        if len({check.question.asks_for for check in self.checks}) > 1:
            raise ValueError(f"exercise {self.id}: its checks ask for different things; {self.target} is one of them")
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


class ToMark(Data):
    """What a person marks: a text, a figure, how code is written. It is worth `points` on top of those that are earned.

    `prompt` is a line of the cell that asks for it, as the starter has it; the answer is the cell below. `rubric` is
    for whoever marks, and no student's. `notebook`: see `Exercise`.
    """

    id: Identifier
    title: str
    points: int = Field(gt=0)
    prompt: str = Field(min_length=1)
    rubric: str = ""
    notebook: NotebookName = ""


class Assignment(Data):
    """One lab. `seed` decides the drawn inputs, alike for the whole class, and is as secret as the reference: who knows
    it can draw them, too. `runtime`: what a room preloads; `uses`: the libraries beside, by the names one imports;
    `from_room`: the names that its `room.py` gives in every room, whatever a notebook binds to them.

    `total` is what the points of its checks are meant to add up to; `grader check` says if they do not. `due` names its
    time zone, since 18:00 is not the same moment everywhere. With `show_hidden_titles` students read the titles,
    verdicts and points of checks that are not visible to them yet; without, only how many there are.
    """

    id: Identifier
    title: str
    version: str
    runtime: Runtime = "numpy"
    uses: tuple[PythonName, ...] = ()
    from_room: tuple[PythonName, ...] = ()
    seed: int = Field(default=0, ge=0, lt=2**32)
    total: int = Field(default=100, gt=0)
    due: AwareDatetime | None = None
    show_hidden_titles: bool = False
    exercises: tuple[Exercise, ...] = Field(min_length=1)
    to_mark: tuple[ToMark, ...] = ()

    @property
    def points(self) -> int:
        """The most a submission can earn, without what a person marks."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def libraries(self) -> Libraries:
        """What its rooms have loaded when they open."""
        return Libraries(self.runtime, self.uses)

    @property
    def asked(self) -> tuple[Exercise | ToMark, ...]:
        """All that students are to answer."""
        return (*self.exercises, *self.to_mark)

    @property
    def notebooks(self) -> tuple[str, ...]:
        """What the notebooks are called that students hand in; none if it is one, by whatever name."""
        return tuple(filter(None, dict.fromkeys(each.notebook for each in self.asked)))

    def within(self, notebook: str) -> Self:
        """The assignment as far as it is answered in that notebook."""
        exercises = tuple(each for each in self.exercises if each.notebook == notebook)
        to_mark = tuple(each for each in self.to_mark if each.notebook == notebook)
        return self.model_copy(update={"exercises": exercises, "to_mark": to_mark})

    def open_seed(self, purpose: str) -> int:
        """A seed that students may learn. Nothing of `seed` goes into it: that one is small, and whatever is made of
        it could be made again from every seed there is."""
        return int.from_bytes(hashlib.sha256(f"notebook-grader: {purpose}: {self.id}".encode()).digest()[:4], "big")

    @model_validator(mode="after")
    def _exercises_fit_together(self) -> Self:
        _refuse_twice("uses", list(self.uses))
        _refuse_twice("from_room", list(self.from_room))
        if given := [each.target for each in self.exercises if each.target in self.from_room]:
            raise ValueError(f"from_room names {given[0]}, which students write themselves. Take it out")
        _refuse_twice("exercise id", [*(each.id for each in self.exercises), *(each.id for each in self.to_mark)])
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
        self._notebooks_fit_together()
        return self

    def _notebooks_fit_together(self) -> None:
        """Names that differ in capitals alone are one file on many disks; what one answer runs is of one notebook."""
        if not self.notebooks:
            return
        _refuse_twice("notebook, however it is written,", [each.casefold() for each in self.notebooks])
        homes = {each.id: each.notebook for each in self.exercises}
        if nowhere := [each.id for each in self.asked if not each.notebook]:
            raise ValueError(
                f"{nowhere[0]}: in which notebook is it answered? Others say so with `notebook=`; say it of all, or of "
                "none"
            )
        for each in self.exercises:
            if elsewhere := [name for name in each.depends_on if homes[name] != each.notebook]:
                raise ValueError(
                    f"exercise {each.id}: depends_on names {elsewhere[0]}, which is answered in another notebook. Take "
                    "it out: a notebook calls nothing of another"
                )


def _refuse_twice(what: str, names: list[Any]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{what} {twice[0]!r} stands twice; each must be its own")
