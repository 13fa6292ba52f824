"""The named mistakes and the right variants of an assignment, as data. Nothing here is executed.

`reference/<id>/mistakes.toml` and `variants.toml` hold a table for each, `[exercise.name]`; in `variants.toml` without
`loses` and `hint`:

    [my_softmax.sum_one_short]
    says = "The loop that builds the denominator stops one entry early."
    loses = ["example", "drawn"]
    hint = "The last entry of z is missing from your sum. Where does your loop end?"
    was = "for k in range(N):"
    becomes = "for k in range(N - 1):"

`loses` names the checks that it must not pass, skipped ones included; left out, it is all of them. `was` occurs once in
the answer to the exercise or, if it is not there, in all of the script; further lines are indented as the first one is.
An edit is one of `solution.py`, or with `of` of that variant; several are `edits = [{was = "...", becomes = "..."}]`.
What has another shape is a `cell`, as a student would write it; the imports of `solution.py` go before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, TypeAlias, TypedDict, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from grader.course.assignment import Assignment, Data, Exercise, Identifier, PythonName
from grader.course.edits import Edit, Script
from grader.course.folder import Course, explained
from grader.course.text_files import tables_in, text_of
from grader.errors import CourseError

MISTAKES: Final = "mistakes.toml"
VARIANTS: Final = "variants.toml"
_OLD: Final = {MISTAKES: "wrong", VARIANTS: "right"}

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another right implementation of one exercise, and in a sentence what is different about it.

    The script is graded like a submission. It is called by file and entry, for whoever has to correct it.
    """

    name: str
    exercise: str
    says: str
    script: Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Variant):
    """A named mistake: what is wrong, in a sentence, the checks it must not pass, in order, and the hint it earns."""

    loses: tuple[str, ...]
    hint: str


class _Entry(Data):
    says: _Text
    of: Identifier | None = None
    was: str | None = None
    becomes: str | None = None
    edits: tuple[Edit, ...] = ()
    cell: str | None = None

    def all_edits(self) -> tuple[Edit, ...]:
        """Its edits; none if it is a cell. Raises ValueError for what is neither, or both, or changes nothing."""
        if self.was is not None and self.becomes is not None:
            edits = (Edit(was=self.was, becomes=self.becomes), *self.edits)
        elif self.was is None and self.becomes is None:
            edits = self.edits
        else:
            raise ValueError("`was` and `becomes` belong together: give both")
        if (self.cell is None) == (not edits) or (self.was is not None and self.edits):
            raise ValueError("give `was` and `becomes`, or `edits`, or a `cell`, and only one of these")
        if self.cell is not None and self.of is not None:
            raise ValueError("a `cell` stands alone: take out `of`")
        return edits


class _WrongEntry(_Entry):
    loses: tuple[Identifier, ...] | None = Field(default=None, min_length=1)
    hint: _Text


_E = TypeVar("_E", bound=_Entry)
_V = TypeVar("_V", bound=Variant)
_Tables: TypeAlias = dict[str, dict[PythonName, _E]]
_RIGHT: Final = TypeAdapter[_Tables[_Entry]](_Tables[_Entry])
_WRONG: Final = TypeAdapter[_Tables[_WrongEntry]](_Tables[_WrongEntry])


def read_mistakes(course: Course, assignment: Assignment) -> tuple[Mistake, ...]:
    """The assignment's mistakes in the order of the file. Raises CourseError with a line for each fault of an entry."""
    path = _file(course, assignment, MISTAKES)
    variants = {(each.exercise, each.name): each.script for each in read_variants(course, assignment)}
    sources = _Sources(course, assignment, variants)

    def mistake(entry: _WrongEntry, where: str, known: _Known) -> Mistake:
        loses = sources.checks(known["exercise"], entry.loses)
        return Mistake(**known, script=sources.made(where, known["exercise"], entry), loses=loses, hint=entry.hint)

    return _all(path, _WRONG, mistake)


def read_variants(course: Course, assignment: Assignment) -> tuple[Variant, ...]:
    """The assignment's right variants, in the same way."""
    path = _file(course, assignment, VARIANTS)
    sources = _Sources(course, assignment, {})

    def variant(entry: _Entry, where: str, known: _Known) -> Variant:
        return Variant(**known, script=sources.made(where, known["exercise"], entry))

    return _all(path, _RIGHT, variant)


def solution_of(course: Course, name: str) -> Script:
    """The reference of the assignment. Raises CourseError if it cannot be read."""
    path = course.solution(name)
    return Script(str(path), text_of(path))


class _Known(TypedDict):
    """What is known of an entry by its place and its sentence."""

    name: str
    exercise: str
    says: str


def _all(path: Path, form: TypeAdapter[_Tables[_E]], make: Callable[[_E, str, _Known], _V]) -> tuple[_V, ...]:
    made, faults = list[_V](), list[str]()
    for exercise, entries in _read(path, form).items():
        for name, entry in entries.items():
            where = f"{path}, {exercise}.{name}"
            try:
                made.append(make(entry, where, _Known(name=name, exercise=exercise, says=entry.says)))
            except ValueError as error:
                faults.append(f"{where}: {error}.")
    twice = [name for name, count in Counter(each.name for each in made).items() if count > 1]
    faults += (f"{path}: two entries are called {name}. Give each a name of its own." for name in twice)
    if faults:
        raise CourseError(*faults)
    return tuple(made)


class _Sources:
    """The scripts that entries are made from: the reference, and variants by exercise and name."""

    def __init__(self, course: Course, assignment: Assignment, variants: Mapping[tuple[str, str], Script]) -> None:
        self._course, self._assignment = course, assignment.id
        self._exercises = {each.id: each for each in assignment.exercises}
        self._variants = variants

    @cached_property
    def _solution(self) -> Script:
        return solution_of(self._course, self._assignment)

    def made(self, where: str, exercise: str, entry: _Entry) -> Script:
        """The script that an entry stands for. Raises ValueError for one that stands for none."""
        target, edits = self._known(exercise).target, entry.all_edits()
        if entry.cell is not None:
            return Script(where, "\n\n".join((self._solution.imports, entry.cell.strip("\n") + "\n")))
        return Script(where, self._edited(exercise, entry.of).edited(edits, target))

    def checks(self, exercise: str, named: Sequence[str] | None) -> tuple[str, ...]:
        """The checks that are named, all if none are, as the exercise orders them. Raises ValueError for others."""
        known = [check.id for check in self._known(exercise).checks]
        named = known if named is None else named
        if unknown := [check for check in named if check not in known]:
            raise ValueError(f"loses: there is no check {unknown[0]!r}. There are {', '.join(known)}")
        if len(set(named)) < len(named):
            raise ValueError("loses: a check stands twice. Take one out")
        return tuple(check for check in known if check in named)

    def _known(self, exercise: str) -> Exercise:
        if exercise not in self._exercises:
            raise ValueError(f"there is no exercise {exercise!r}. There are {', '.join(self._exercises)}")
        return self._exercises[exercise]

    def _edited(self, exercise: str, variant: str | None) -> Script:
        if variant is None:
            return self._solution
        if (exercise, variant) not in self._variants:
            names = ", ".join(name for about, name in self._variants if about == exercise) or "none"
            raise ValueError(f"of: {exercise} has no variant {variant!r}. In variants.toml there are: {names}")
        return self._variants[exercise, variant]


def _file(course: Course, assignment: Assignment, name: str) -> Path:
    """Where the entries stand. Raises CourseError for a folder of scripts, as they were written before."""
    home = course.solution(assignment.id).parent
    if any((old := home / _OLD[name]).glob("*.py")):
        raise CourseError(
            f"{old} is not read any more: what is in it becomes an entry of {home / name}, as assignments/README.md "
            "of the grader shows. Take the folder away when that is done."
        )
    return home / name


def _read(path: Path, form: TypeAdapter[_Tables[_E]]) -> _Tables[_E]:
    """The tables of a file, none if there is no such file."""
    try:
        return form.validate_python(tables_in(path))
    except ValidationError as error:
        raise CourseError(*(f"{path}, {fault}" for fault in explained(error))) from error
