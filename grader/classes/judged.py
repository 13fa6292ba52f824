"""By what the reports of a class folder were judged: the course as it was, its seed, the grader; where the work lay.

That makes it possible to judge again only what a change of the course touches. Nothing here decides on a grade: a
report that is not noted here, or was changed since, is one of which nobody knows what judged it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pydantic import Field, ValidationError, model_validator

from grader.classes.journal import FOLDER
from grader.classes.writing import bytes_there, write_whole
from grader.course.assignment import Assignment
from grader.course.digests import content_of
from grader.course.folder import Course
from grader.errors import CourseError
from grader.grading.revisions import Revision
from grader.limits import MEGABYTE
from grader.messages import Language
from grader.report.report import Record

FILE: Final = f"{FOLDER}/judged.json"
COURSES: Final = f"{FOLDER}/courses"
#: a course that hands out more is not kept with its class; then all of it is judged again
MOST_BYTES: Final = 64 * MEGABYTE
OTHERWISE: Final = "Make room; then the same command continues."


class RevisionNote(Record):
    """A revision: the digest of its course, which names the folder that has it, the seed and the environment."""

    course: str = Field(pattern="^[0-9a-f]{64}$")
    seed: int
    environment: str


class ReportNote(Record):
    """A report file as it was written, and the number of the revision that judged it."""

    sha256: str
    revision: int = Field(ge=0)


class JudgedBy(Record):
    """All that is noted of a class: its assignment, revisions, reports by their path below the folder, the language
    they are drawn in, and the paths that were graded."""

    schema_version: int = 1
    assignment: str
    language: Language = "en"
    revisions: tuple[RevisionNote, ...]
    reports: dict[str, ReportNote] = Field(default_factory=dict)
    submissions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        """A report judged by a revision that is not listed was noted by nobody. Raises ValueError."""
        if any(each.revision >= len(self.revisions) for each in self.reports.values()):
            raise ValueError("a report names a revision that is not there")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a class folder says of its reports."""

    folder: Path
    noted: JudgedBy

    def number(self, path: str, data: bytes) -> int | None:
        """Which revision judged the report at this path, with these bytes; None if that is not known."""
        note = self.noted.reports.get(path)
        known = note is not None and note.sha256 == hashlib.sha256(data).hexdigest()
        return note.revision if note is not None and known else None

    def revision(self, number: int) -> Revision | None:
        """That revision, loaded from the copy of its course; None if it is not there, or cannot be read."""
        note = self.noted.revisions[number]
        course = Course(self.folder / COURSES / note.course)
        try:
            assignment = course.assignment(self.noted.assignment)
            intact = digest_of_course(course, assignment) == note.course
        except CourseError:
            return None
        if not intact:
            return None
        return Revision(course=course, assignment=assignment, seed=note.seed, environment=note.environment)


def read_judged(folder: Path) -> Judged | None:
    """What is noted in a class folder; None where nothing is, or nothing that can be read."""
    data = bytes_there(folder / FILE)
    if data is None:
        return None
    with suppress(ValidationError):
        return Judged(folder=folder, noted=JudgedBy.model_validate_json(data))
    return None


def note_judged(
    folder: Path, revision: Revision, *, reports: Sequence[str], submissions: Sequence[Path], language: Language
) -> None:
    """Note that these reports, all of the class, were judged by `revision`. Raises UsageError."""
    digest = digest_of_course(revision.course, revision.assignment)
    for path, content in course_files(folder, revision).items():
        write_whole(folder / path, content, otherwise=OTHERWISE)
    noted = JudgedBy(
        assignment=revision.assignment.id,
        language=language,
        revisions=(RevisionNote(course=digest, seed=revision.seed, environment=revision.environment),),
        reports={
            path: ReportNote(sha256=hashlib.sha256(data).hexdigest(), revision=0)
            for path in reports
            if (data := bytes_there(folder / path)) is not None
        },
        submissions=tuple(str(path.absolute()) for path in submissions),
    )
    write_whole(folder / FILE, text_of(noted), otherwise=OTHERWISE)
    for each in (folder / COURSES).glob("*"):
        if each.name != digest:
            shutil.rmtree(each, ignore_errors=True)


def text_of(noted: JudgedBy) -> str:
    """As it stands in the file."""
    return noted.model_dump_json(indent=1) + "\n"


def course_files(folder: Path, revision: Revision) -> dict[str, bytes]:
    """What is put beside the reports so that the course can be told from a later one, by its path in the class folder;
    nothing if it is there, or too much. Raises CourseError for what cannot be read."""
    files = dict(_files(revision.course, revision.assignment))
    home = f"{COURSES}/{digest_of_course(revision.course, revision.assignment)}"
    if (folder / home).is_dir() or sum(path.stat().st_size for path in files.values()) > MOST_BYTES:
        return {}
    return {f"{home}/{name}": content_of(path) for name, path in files.items()}


def digest_of_course(course: Course, assignment: Assignment) -> str:
    """Of every file that has a say in how the assignment is judged. Raises CourseError for one that cannot be read."""
    return _digest(dict(_files(course, assignment)))


def _digest(files: Mapping[str, Path]) -> str:
    digests = {name: hashlib.sha256(bytes_there(path) or b"").hexdigest() for name, path in files.items()}
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def _files(course: Course, assignment: Assignment) -> Iterator[tuple[str, Path]]:
    """The files of the assignment and of its reference, and the modules beside it, by their path in the course."""
    home = course.folder
    found = [*sorted((home / "assignments").glob("*.py"))]
    for kind in ("assignments", "reference"):
        found += sorted((home / kind / assignment.id).rglob("*"))
    for path in found:
        within = path.relative_to(home)
        if path.is_file() and {"__pycache__", FOLDER}.isdisjoint(within.parts):
            yield within.as_posix(), path
