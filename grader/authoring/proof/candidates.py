"""What an assignment is tried out with: its own solutions, right and wrong, and mutants, each as a notebook. Data only.

A candidate is graded as a submission would be, for the exercises it is about. What must come of it is `proofs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from grader.authoring.proof.equivalents import Sorted, read_equivalents, sort_out
from grader.authoring.proof.mutants import Mutant, mutants
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.course.mistakes import Mistake, Variant
from grader.course.text_files import text_of
from grader.limits import NotebookLimits
from grader.notebook.bundle import read_files
from grader.notebook.notebook import Notebook, from_script

#: computing time of one mutant of a NumPy exercise: the reference takes milliseconds, an endless loop all it gets
MUTANT_SECONDS = 2


class Role(StrEnum):
    """What a candidate is, and so what must come of it."""

    REFERENCE = "reference"
    STARTER = "starter"
    SAMPLE = "sample"
    WRONG = "wrong"
    RIGHT = "right"
    MUTANT = "mutant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One notebook to be graded for `exercises`; `seed` None draws the assignment's own inputs.

    With `redrawn`, only what is drawn is asked, with the inputs of each of these seeds.
    """

    role: Role
    assignment: str
    name: str
    notebook: Notebook
    exercises: tuple[str, ...]
    seed: int | None = None
    redrawn: tuple[int, ...] = ()
    cpu_seconds: int | None = None

    @property
    def seeds(self) -> tuple[int, ...]:
        """All seeds it is tried with that are not the assignment's own."""
        return self.redrawn if self.seed is None else (self.seed,)


def whole(course: Course, assignment: Assignment, role: Role) -> Candidate:
    """Reference, starter or sample, for every exercise. Raises UnreadableSubmission if there is no such
    notebook."""
    ids = tuple(exercise.id for exercise in assignment.exercises)
    if role is Role.REFERENCE:
        notebook = from_script(text_of(course.solution(assignment.id)))
    else:
        kind: Literal["starter", "sample"] = "starter" if role is Role.STARTER else "sample"
        notebook = read_files(course.notebooks(assignment.id, kind), NotebookLimits())
    return Candidate(role=role, assignment=assignment.id, name=role, notebook=notebook, exercises=ids)


def scripted(assignment: Assignment, solution: Variant) -> Candidate:
    """A mistake or a right variant, for its exercise."""
    role = Role.WRONG if isinstance(solution, Mistake) else Role.RIGHT
    return Candidate(
        role=role,
        assignment=assignment.id,
        name=solution.name,
        notebook=from_script(solution.script.source),
        exercises=(solution.exercise,),
    )


def mutated(assignment: Assignment, exercise: str, mutant: Mutant) -> Candidate:
    """One mutant, for its exercise, with little time: most of what never ends is a mutant."""
    return Candidate(
        role=Role.MUTANT,
        assignment=assignment.id,
        name=mutant.name,
        notebook=from_script(mutant.source),
        exercises=(exercise,),
        cpu_seconds=None if assignment.runtime in ("tensorflow", "torch") else MUTANT_SECONDS,
    )


def all_mutants(course: Course, assignment: Assignment) -> Iterator[tuple[str, Sorted]]:
    """Exercise by exercise, the mutants of the reference, sorted by `equivalent.toml`."""
    marked = read_equivalents(equivalents_file(course, assignment.id))
    source = text_of(course.solution(assignment.id))
    for exercise in assignment.exercises:
        yield exercise.id, sort_out(mutants(source, exercise.target), marked, exercise.id)


def equivalents_file(course: Course, assignment: str) -> Path:
    """Where mutants that are no mistakes are marked."""
    return course.folder / "reference" / assignment / "equivalent.toml"
