"""A course folder: its assignments as data, the files they hand out, and where their references lie.

`assignments/<id>/assignment.py` is our own trusted code and is executed; nothing of a student's is ever read here.
"""

from __future__ import annotations

import runpy
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from grader.assignment import Assignment
from grader.errors import CourseError
from grader.wording import Language, Words
from grader.wording.course_words import read_words

#: stands where `grader new` left something for the author to write
UNFINISHED: Final = "TODO(author)"
_WRITTEN: Final = frozenset({".py", ".md", ".ipynb", ".toml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All assignments of a course: those that can be read, and by id why each of the others cannot."""

    assignments: tuple[Assignment, ...]
    faults: dict[str, CourseError]


@dataclass(frozen=True)
class Course:
    """The folder that holds `assignments/` and `reference/`."""

    folder: Path

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all assignments, sorted."""
        return tuple(sorted(path.parent.name for path in (self.folder / "assignments").glob("*/assignment.py")))

    def assignment(self, name: str) -> Assignment:
        """Load one assignment. Raises CourseError that lists the known ones, or names file, field and fault."""
        if name not in self.ids:
            known = ", ".join(self.ids) or "none"
            raise CourseError(f"There is no assignment {name!r} in {self.folder}. Assignments there: {known}.")
        path = self.folder / "assignments" / name / "assignment.py"
        found = _executed(path).get("ASSIGNMENT")
        if not isinstance(found, Assignment):
            raise CourseError(f"{path} does not bind ASSIGNMENT to an Assignment. Add `ASSIGNMENT = Assignment(...)`.")
        if found.id != name:
            raise CourseError(f"{path}: the id is {found.id!r}, the folder is called {name!r}. Make them the same.")
        return found

    def load(self) -> Loaded:
        """Every assignment. One that is broken is a fault among them and hides no other."""
        sound: list[Assignment] = []
        faults: dict[str, CourseError] = {}
        for name in self.ids:
            try:
                sound.append(self.assignment(name))
            except CourseError as error:
                faults[name] = error
        return Loaded(assignments=tuple(sound), faults=faults)

    def files(self, name: str) -> dict[str, bytes]:
        """The files the assignment hands out, by their path below `files/`: helper modules and data."""
        home = self.folder / "assignments" / name / "files"
        return {
            path.relative_to(home).as_posix(): path.read_bytes()
            for path in sorted(home.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    def solution(self, name: str) -> Path:
        """The reference solution of the assignment."""
        return self.folder / "reference" / name / "solution.py"

    def wrong_solutions(self, name: str) -> tuple[Path, ...]:
        """The named wrong solutions of the assignment, sorted by name."""
        return tuple(sorted((self.folder / "reference" / name / "wrong").glob("*.py")))

    def right_variants(self, name: str) -> tuple[Path, ...]:
        """Other right implementations of the assignment's exercises, sorted by name."""
        return tuple(sorted((self.folder / "reference" / name / "right").glob("*.py")))

    def unfinished(self, name: str) -> tuple[str, ...]:
        """What is left to write in the assignment: a sentence for each file in which something is."""
        homes = (self.folder / "assignments" / name, self.folder / "reference" / name)
        files = (path for home in homes for path in sorted(home.rglob("*")) if path.suffix in _WRITTEN)
        return tuple(fault for path in files if (fault := _unfinished(path)) is not None)

    def words(self, name: str, language: Language) -> Words:
        """How readers of `language` are spoken to about the assignment. Raises CourseError for faulty words."""
        return read_words(language, (self.folder / "assignments" / name, self.folder / "reference" / name))


def find_course(named: Path | None, *, near: Path) -> Course:
    """The course named on the command line, else the outermost one that `near` lies in. Raises CourseError."""
    if named is not None:
        if not _is_course(named):
            raise CourseError(f"{named} is not a course: it has no folder `assignments`. Name another with --course.")
        return Course(named.resolve())
    start = near.resolve()
    found = [folder for folder in (start, *start.parents) if _is_course(folder)]
    if found:  # the outermost: a folder that somebody handed in may look like a course, and a course is executed
        return Course(found[-1])
    raise CourseError(
        f"No course was found at or above {start}. "
        "With --course, name the folder that holds `assignments/` and `reference/`; `grader new` takes an empty one."
    )


def _unfinished(path: Path) -> str | None:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [str(number) for number, line in enumerate(lines, start=1) if UNFINISHED in line]
    if not found:
        return None
    where = f"marks: {len(found)}" if path.suffix == ".ipynb" else f"line {', '.join(found)}"
    return f"{path} ({where}): {UNFINISHED} stands for what is left to write. Fill it in, and remove the mark."


def _is_course(folder: Path) -> bool:
    return any(folder.glob("assignments/*/assignment.py"))


def _executed(path: Path) -> dict[str, object]:
    try:
        return runpy.run_path(str(path))
    except ValidationError as error:
        faults = "\n".join(f"  {fault}" for fault in _invalid(error))
        raise CourseError(f"{_where(path, error)}: this {error.title} is not valid.\n{faults}") from error
    except (Exception, SystemExit) as error:
        raise CourseError(f"{_where(path, error)} raised {type(error).__name__}: {error}") from error


def _where(path: Path, error: BaseException) -> str:
    """The file, and the line of it that was at work: of what stands over many lines, the first."""
    lines = [at for at in traceback.extract_tb(error.__traceback__) if at.filename == str(path)]
    return f"{path}, line {lines[-1].lineno}" if lines else str(path)


def _invalid(error: ValidationError) -> Iterator[str]:
    """What pydantic found, field by field, in the words of somebody who writes an assignment."""
    for fault in error.errors():
        field = ".".join(map(str, fault["loc"]))
        match fault["type"]:
            case "missing":
                yield f"{field}: is missing. Add it."
            case "extra_forbidden":
                yield f"{field}: there is no such field. Correct its name, or take it out."
            case "value_error":
                yield fault["msg"].removeprefix("Value error, ")
            case _:
                yield f"{field}: {fault['msg'].replace('a dictionary or an instance', 'an instance')}."
