"""Mutants that are no mistakes: marked by hand, with a reason, in `reference/<id>/equivalent.toml`. Data only.

An entry names the exercise and the statement as it reads once mutated, so that it survives other edits of the file.
Where that does not tell which, as for a statement left out (`pass`), `was` gives the statement as it stood:

    [[equivalent]]
    exercise = "my_softmax"
    becomes = "powers = np.exp(z)"
    reason = "The shift cancels out; overflow for huge z is a remark without points."
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from grader.authoring.proof.mutants import Mutant
from grader.course.folder import explained
from grader.course.text_files import tables_in
from grader.errors import CourseError


class Equivalent(BaseModel):
    """One mutated statement that computes what the original does, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    becomes: str
    was: str | None = None
    reason: str = Field(min_length=10)

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if self.becomes == "pass" and self.was is None:
            raise ValueError(
                f"exercise {self.exercise}: many statements may become `pass`; say with `was` which is meant"
            )
        return self

    def marks(self, mutant: Mutant) -> bool:
        """Whether it is this mutant that is meant."""
        return mutant.becomes == self.becomes and self.was in (None, mutant.was)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    equivalent: tuple[Equivalent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The mutants of one exercise, without the equivalent ones; how many those were; entries that match none."""

    mutants: tuple[Mutant, ...]
    equivalent: int
    stale: tuple[Equivalent, ...]


def read_equivalents(path: Path) -> tuple[Equivalent, ...]:
    """The entries of `equivalent.toml`; none if there is no such file. Raises CourseError with field and fault."""
    try:
        return _File.model_validate(tables_in(path)).equivalent
    except ValidationError as error:
        raise CourseError(*(f"{path}, {fault}" for fault in explained(error))) from error


def sort_out(found: tuple[Mutant, ...], marked: tuple[Equivalent, ...], exercise: str) -> Sorted:
    """Leave out the mutants of `exercise` that are marked as equivalent."""
    mine = [entry for entry in marked if entry.exercise == exercise]
    kept = tuple(mutant for mutant in found if not any(entry.marks(mutant) for entry in mine))
    return Sorted(
        mutants=kept,
        equivalent=len(found) - len(kept),
        stale=tuple(entry for entry in mine if not any(map(entry.marks, found))),
    )
