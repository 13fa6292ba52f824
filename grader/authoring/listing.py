"""`grader assignments`: what a course has, in a table or as JSON. Only the assignments as data are read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.course.assignment import Assignment, Runtime
from grader.course.folder import Course, find_course
from grader.errors import CourseError
from grader.messages import terminal
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """The command line of `grader assignments`, as given."""

    course: Path | None
    json: bool


class Listed(BaseModel):
    """One assignment in the list; `exercises` are their ids."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    exercises: tuple[str, ...]
    points: int
    runtime: Runtime
    due: datetime | None


def run_list(request: ListRequest, *, environment: Mapping[str, str]) -> int:
    """Print the list; 0. One that cannot be read is said on stderr and makes it 2. Raises CourseError."""
    settings = Settings.from_environment(environment)
    course = find_course(request.course or settings.course, near=Path.cwd())
    rows, faults = listed(course)
    if request.json:
        terminal.hand_over(as_json(rows))
    else:
        terminal.show(as_text(rows, width=max(shutil.get_terminal_size((110, 24)).columns, 80)))
    for fault in faults:
        terminal.refuse(fault)
    return CourseError.exit_code if faults else 0


def listed(course: Course) -> tuple[list[Listed], list[CourseError]]:
    """Every assignment that can be read, by id, and what is wrong with each of the others."""
    loaded = course.load()
    return [_row(each) for each in loaded.assignments], list(loaded.faults.values())


def as_json(rows: Sequence[Listed]) -> str:
    """The list as JSON."""
    return json.dumps([row.model_dump(mode="json") for row in rows], indent=2, ensure_ascii=False) + "\n"


def as_text(rows: Sequence[Listed], *, width: int = 110) -> str:
    """A table, one assignment to a row. The title is broken into lines where `width` is too small."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "title", "exercises", "points", "runtime", "due"):
        number = heading in ("exercises", "points")
        table.add_column(heading, justify="right" if number else "left", no_wrap=heading != "title")
    for row in rows:
        due = "-" if row.due is None else due_text(row.due)
        cells = (row.id, row.title, str(len(row.exercises)), str(row.points), row.runtime, due)
        table.add_row(*map(Text, cells))
    console = Console(file=StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def due_text(when: datetime) -> str:
    """A due date as people read it, with the offset or name of its time zone."""
    return f"{when:%Y-%m-%d %H:%M} {when.tzname()}"


def _row(assignment: Assignment) -> Listed:
    return Listed(
        id=assignment.id,
        title=assignment.title,
        exercises=tuple(exercise.id for exercise in assignment.exercises),
        points=assignment.points,
        runtime=assignment.runtime,
        due=assignment.due,
    )
