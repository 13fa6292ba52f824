"""Mutants that are no mistakes: marked by hand, with a reason, in `reference/<id>/equivalent.toml`. Data only.

An entry names the exercise and the statement as it reads once mutated, so that it survives other edits of the file:

    [[equivalent]]
    exercise = "my_softmax"
    becomes = "powers = np.exp(z)"
    reason = "The shift cancels out; overflow for huge z is a remark without points."
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.errors import CourseError
from grader.quality.mutants import Mutant


class Equivalent(BaseModel):
    """One mutated statement that computes what the original does, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    becomes: str
    reason: str = Field(min_length=10)


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
    if not path.is_file():
        return ()
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).equivalent
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from error


def sort_out(found: tuple[Mutant, ...], marked: tuple[Equivalent, ...], exercise: str) -> Sorted:
    """Leave out the mutants of `exercise` that are marked as equivalent."""
    mine = {entry.becomes: entry for entry in marked if entry.exercise == exercise}
    kept = tuple(mutant for mutant in found if mutant.becomes not in mine)
    matched = {mutant.becomes for mutant in found}
    return Sorted(
        mutants=kept,
        equivalent=len(found) - len(kept),
        stale=tuple(entry for becomes, entry in mine.items() if becomes not in matched),
    )
