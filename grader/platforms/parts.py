"""Parts: what a platform calls the pieces that it scores by themselves, and which exercises each of them is.

They are written to `parts.toml` when the adapter is made and read when it runs. Without a table, every part is the
whole assignment.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.assignment import Assignment
from grader.errors import CourseError, UsageError
from grader.report.report import Report, Status
from grader.report.sums import score


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part by the platform's id, and the ids of its exercises."""

    id: str
    exercises: tuple[str, ...]


def parse_part(text: str, assignment: Assignment) -> Part:
    """`PART=EXERCISE` or `PART=EXERCISE,EXERCISE`, as on the command line. Raises UsageError."""
    name, equals, exercises = text.partition("=")
    known = [exercise.id for exercise in assignment.exercises]
    found = tuple(part.strip() for part in exercises.split(","))
    if not name.strip() or not equals or not set(found) <= set(known):
        raise UsageError(
            f"--part {text} cannot be obeyed. Write PART=EXERCISE with the platform's id of the part and one or more "
            f"of these exercises, with commas between them: {', '.join(known)}."
        )
    return Part(id=name.strip(), exercises=found)


def written(parts: Sequence[Part]) -> str:
    """The table as TOML. Raises UsageError if a part stands in it twice."""
    ids = [part.id for part in parts]
    if twice := {each for each in ids if ids.count(each) > 1}:
        raise UsageError(f"--part says twice what {min(twice)} is. Name all its exercises at once, with commas.")
    rows = (f"{json.dumps(part.id)} = {json.dumps(part.exercises)}\n" for part in parts)
    return "# which exercises each part is scored by\n[parts]\n" + "".join(rows)


def read_parts(path: Path) -> tuple[Part, ...]:
    """The table in this file. Raises CourseError if there is none, or it is no such table."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["parts"]
        return tuple(Part(id=name, exercises=tuple(exercises)) for name, exercises in table.items())
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise CourseError(f"{path} is no table of parts ({error}). Make the adapter again.") from error


def only_part(report: Report, part: str | None, parts: Sequence[Part]) -> Report:
    """The report with nothing but the exercises of `part`, and their points. Raises CourseError for an unknown part."""
    if not parts:
        return report
    wanted = next((each.exercises for each in parts if each.id == part), None)
    if wanted is None:
        known = ", ".join(each.id for each in parts)
        raise CourseError(f"The part {part!r} is none of {known}. Make the adapter again, with --part {part}=...")
    if report.status is Status.UNREADABLE:
        return report
    kept = tuple(exercise for exercise in report.exercises if exercise.id in wanted)
    ours = any(exercise.earned is None for exercise in kept)
    status = Status.NOT_GRADED if ours else Status.GRADED
    return report.model_copy(update={"exercises": kept, "score": score(kept), "status": status})
