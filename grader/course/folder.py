"""A course folder: its assignments as data, the files they hand out, and where their references lie.

`assignments/<id>/assignment.py` is our own trusted code and is executed; nothing of a student's is ever read here.
"""

from __future__ import annotations

import runpy
import shlex
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from grader.course.assignment import Assignment
from grader.course.digests import content_of
from grader.course.text_files import text_of
from grader.course.words import read_words
from grader.errors import CourseError
from grader.messages import Language, Words
from grader.wall.room.optional import OPTIONAL

#: stands where `grader new` left something for the author to write
UNFINISHED: Final = "TODO(author)"
#: what code of the course is called that is laid into the rooms of an assignment
ROOM_CODE: Final = "room.py"
#: the folder that the running grader came in: a course too, where the whole repository is there
OWN: Final = Path(__file__).resolve().parents[2]
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
        if missing := sorted(name for name in found.uses if find_spec(name) is None):
            raise CourseError(
                f"{path}, uses: {missing[0]} is not installed where the grader runs, so no room could import it. "
                f"{_cure(missing[0])} Or take it out of `uses`."
            )
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
        """The files the assignment hands out, by path below `files/`. Raises CourseError for what it cannot read."""
        home = self.folder / "assignments" / name / "files"
        return {
            path.relative_to(home).as_posix(): content_of(path)
            for path in sorted(home.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    def room_files(self, name: str) -> dict[str, bytes]:
        """The files that lie in its rooms: those it hands out, and `room.py`, which it keeps. Raises CourseError."""
        files, own = self.files(name), self.room_code(name)
        if own.is_file():
            if own.name in files:
                raise CourseError(f"{own} would lie in rooms where files/{own.name} does. Rename the one in files/.")
            files[own.name] = content_of(own)
        return files

    def room_code(self, name: str) -> Path:
        """Code of the course that is laid into rooms and not handed out. It may not be there."""
        return self.folder / "assignments" / name / ROOM_CODE

    def notebooks(self, name: str, kind: Literal["starter", "sample"]) -> tuple[Path, ...]:
        """The notebook that students begin with, or one that is finished: `starter.ipynb`, where it is several
        `starter/<notebook>.ipynb`. It may not be there."""
        home = self.folder / "assignments" / name
        return tuple(sorted((home / kind).glob("*.ipynb"))) or (home / f"{kind}.ipynb",)

    def private(self, name: str) -> tuple[Path, ...]:
        """What no room may read while the assignment is graded, and the file in it that tells most."""
        return self.folder, self.solution(name)

    def solution(self, name: str) -> Path:
        """The reference solution of the assignment."""
        return self.folder / "reference" / name / "solution.py"

    def unfinished(self, name: str) -> tuple[str, ...]:
        """What is left to write in the assignment: a sentence for each file in which something is."""
        homes = (self.folder / "assignments" / name, self.folder / "reference" / name)
        files = (path for home in homes for path in sorted(home.rglob("*")) if path.suffix in _WRITTEN)
        return tuple(fault for path in files if (fault := _unfinished(path)) is not None)

    def words(self, name: str, language: Language) -> Words:
        """How readers of `language` are spoken to about the assignment. Raises CourseError for faulty words."""
        return read_words(language, (self.folder / "assignments" / name, self.folder / "reference" / name))


def _cure(library: str) -> str:
    if library in OPTIONAL:
        return "Install the grader with its extra `labs`: pip install 'notebook-grader[labs]'."
    return f"Install the package that has {library} into the grader's environment."


def find_course(named: Path | None, *, near: Path, graded: Sequence[Path] = ()) -> Course:
    """The course named on the command line, else the only one that `near` lies in. Raises CourseError.

    A course is executed, and what is `graded` was written by others: so a course never lies in that. One that nobody
    named is not believed either where work lies in it that is to be graded, for it may have been handed in with it;
    only the samples beside an assignment may lie there, and anything in the folder that this grader came in.
    """
    course = _around(near.resolve()) if named is None else _named(named)
    for path in (path.resolve() for path in graded):
        if course.folder.is_relative_to(path):
            raise CourseError(
                f"The course {course.folder} lies in {path}, which is to be graded, and courses are executed. "
                "Move it out of there, or grade its other folders one by one."
            )
        if named is None and not _may_hold(course.folder, path):
            raise CourseError(
                f"{path} lies in {course.folder}, which looks like a course and may have been handed in. "
                f"If that course is yours, say so with --course {shlex.quote(str(course.folder))}."
            )
    return course


def is_in_a_course(folder: Path) -> bool:
    """Whether some course lies around a folder, or is it."""
    start = folder.resolve()
    return any(not _lacks(each) for each in (start, *start.parents))


def _named(folder: Path) -> Course:
    if missing := _lacks(folder):
        raise CourseError(f"{folder} is not a course: it has no folder `{missing}`. Name another with --course.")
    return Course(folder.resolve())


def _around(start: Path) -> Course:
    found = [folder for folder in (start, *start.parents) if not _lacks(folder)]
    if len(found) == 1:
        return Course(found[0])
    if found:
        folders = " and ".join(map(str, found))
        raise CourseError(f"{start} lies in several courses: {folders}. Say with --course which of them is meant.")
    raise CourseError(
        f"No course was found at or above {start}. "
        "With --course, name the folder that holds `assignments/` and `reference/`; `grader new` takes an empty one."
    )


def _may_hold(course: Path, graded: Path) -> bool:
    """Whether this may be graded by a course that nobody named."""
    if course == OWN or not graded.is_relative_to(course):
        return True
    kind, *more = graded.relative_to(course).parts
    return kind == "assignments" and bool(more)


def _lacks(folder: Path) -> str:
    """Which of the two folders of a course is missing; nothing in a course."""
    if not any(folder.glob("assignments/*/assignment.py")):
        return "assignments"
    return "" if (folder / "reference").is_dir() else "reference"


def _unfinished(path: Path) -> str | None:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [str(number) for number, line in enumerate(lines, start=1) if UNFINISHED in line]
    if not found:
        return None
    where = f"marks: {len(found)}" if path.suffix == ".ipynb" else f"line {', '.join(found)}"
    return f"{path} ({where}): {UNFINISHED} stands for what is left to write. Fill it in, and remove the mark."


def _executed(path: Path) -> dict[str, object]:
    text_of(path)  # Python would wait for what is no file
    try:
        return runpy.run_path(str(path))
    except ValidationError as error:
        faults = (f"  {fault}" for fault in explained(error))
        raise CourseError(f"{_where(path, error)}: this {error.title} is not valid.", *faults) from error
    except (Exception, SystemExit) as error:
        raise CourseError(f"{_where(path, error)} raised {type(error).__name__}: {error}") from error


def _where(path: Path, error: BaseException) -> str:
    """The file, and the line of it that was at work: of what stands over many lines, the first."""
    lines = [at for at in traceback.extract_tb(error.__traceback__) if at.filename == str(path)]
    return f"{path}, line {lines[-1].lineno}" if lines else str(path)


def explained(error: ValidationError) -> Iterator[str]:
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
