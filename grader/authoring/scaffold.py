"""`grader new`: an assignment to be filled in. What is left to write carries the mark `UNFINISHED`, which
`grader check` and `grader release` look for; once all are filled in, the assignment proves itself.
"""

from __future__ import annotations

import keyword
import re
import secrets
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.authoring.filling import filled
from grader.authoring.notebooks import NewCell, made
from grader.course.folder import UNFINISHED, Course, find_course
from grader.course.mistakes import MISTAKES, VARIANTS
from grader.errors import UsageError
from grader.messages import terminal
from grader.settings import Settings

#: as `assignment.Identifier`, which says the same in words of programmers
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TOTAL: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """The command line of `grader new`, as given."""

    assignment: str
    title: str | None
    functions: tuple[str, ...]
    course: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One exercise to be: the function that students write, and what it is worth."""

    function: str
    points: int

    @property
    def id(self) -> str:
        """Its id: ids have no capitals, functions such as L1 may."""
        return self.function.lower()


def run_new(request: NewRequest, *, environment: Mapping[str, str]) -> int:
    """Write the files; 0. Raises UsageError for names that are none or taken, CourseError if there is no course."""
    settings = Settings.from_environment(environment)
    course = _course(request.course or settings.course)
    files = scaffold(
        request.assignment, seed=secrets.randbelow(2**32), title=request.title, functions=request.functions
    )
    _refuse_taken(course, request.assignment)
    try:
        for path, data in files.items():
            target = course.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{course.folder} cannot be written ({error.strerror}). Name another with --course."
        ) from error
    terminal.tell(
        f"{course.folder}: {request.assignment}",
        *(f"  {path}  ({data.count(UNFINISHED.encode())} to fill in)" for path, data in files.items()),
        f"Fill in each {UNFINISHED}; assignments/README.md of the grader shows a finished one. Then run: "
        f"{_check_command(request, course)}",
    )
    return 0


def _check_command(request: NewRequest, course: Course) -> str:
    """What to type next; with the course, if it would not be found from here."""
    command = f"grader check {request.assignment}"
    inside = course.folder in (here := Path.cwd().resolve(), *here.parents)
    return command if inside else f"{command} --course {shlex.quote(str(request.course or course.folder))}"


def scaffold(
    assignment: str, *, seed: int = 0, title: str | None = None, functions: Sequence[str] = ()
) -> dict[str, bytes]:
    """The files of a new assignment by their path in the course. Without `functions` it asks for one of its own name.

    Raises UsageError for a name that is none.
    """
    if not _ID.fullmatch(assignment):
        raise UsageError(
            f"{assignment!r} cannot be the id of an assignment. Begin with a small letter; small letters, digits and _ "
            "may follow, 60 characters in all. An example: gradient_descent."
        )
    exercises = _planned(functions or (assignment,))
    title = " ".join((title or assignment.replace("_", " ").capitalize()).split())
    blanks: dict[str, object] = {"id": assignment, "title": title, "seed": seed, "exercises": exercises}
    home, answers = f"assignments/{assignment}", f"reference/{assignment}"
    return {
        f"{home}/assignment.py": filled("assignment.py.jinja", **blanks).encode(),
        f"{home}/starter.ipynb": made(list(_cells(title, exercises, finished=False))),
        f"{home}/sample.ipynb": made(list(_cells(title, exercises, finished=True))),
        f"{home}/README.md": filled("README.md.jinja", **blanks).encode(),
        f"{answers}/solution.py": filled("solution.py.jinja", **blanks).encode(),
        f"{answers}/{MISTAKES}": filled("mistakes.toml.jinja", **blanks).encode(),
        f"{answers}/{VARIANTS}": filled("variants.toml.jinja", **blanks).encode(),
    }


def _planned(functions: Sequence[str]) -> tuple[Planned, ...]:
    """The exercises, worth 100 points together: what does not divide goes to the first ones."""
    for name in functions:
        if not _ID.fullmatch(name.lower()) or not name.isascii() or keyword.iskeyword(name):
            raise UsageError(
                f"{name!r} cannot be the name of a graded function. Begin with a letter; letters, digits and _ may "
                "follow, 60 characters in all, and no word of Python's own."
            )
    if twice := [name for name in functions if [each.lower() for each in functions].count(name.lower()) > 1]:
        raise UsageError(f"--function {twice[0]} is given twice; each exercise needs a name of its own.")
    if len(functions) > _TOTAL // 4:
        raise UsageError(f"{len(functions)} exercises are too many for {_TOTAL} points. Begin with fewer.")
    share, rest = divmod(_TOTAL, len(functions))
    return tuple(Planned(function=name, points=share + (n < rest)) for n, name in enumerate(functions))


def _cells(title: str, exercises: Sequence[Planned], *, finished: bool) -> Iterator[NewCell]:
    yield NewCell(kind="markdown", source=filled("opening.md.jinja", title=title).rstrip())
    yield NewCell(kind="code", source="import numpy as np")
    for number, each in enumerate(exercises, start=1):
        yield NewCell(kind="markdown", source=filled("task.md.jinja", number=number, exercise=each).rstrip())
        yield NewCell(kind="code", source=filled("graded.py.jinja", exercise=each, finished=finished).rstrip())
        yield NewCell(kind="code", source=filled("trying.py.jinja", exercise=each).rstrip())


def _course(named: Path | None) -> Course:
    """The course to add to. One that is named may be new, and have no assignment yet."""
    if named is not None and named.is_dir():
        return Course(named.resolve())
    return find_course(named, near=Path.cwd())


def _refuse_taken(course: Course, assignment: str) -> None:
    for kind in ("assignments", "reference"):
        if (home := course.folder / kind / assignment).exists():
            raise UsageError(f"{home} exists already, and is left as it is. Choose another id, or move it away.")
