"""`grader inside`: what an adapter runs in a platform's container. It grades, and writes what the platform reads.

Before it starts, the adapter's script has written the file that says we failed; whatever raises or is killed here
leaves that one in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.adapter.handed_in import handed_in
from grader.adapter.parts import only_part, read_parts
from grader.adapter.platforms import PLATFORMS, Platform, Written
from grader.assignment import Assignment
from grader.course import Course, find_course
from grader.desk import Desk
from grader.errors import UnreadableSubmission, UsageError
from grader.pipeline import grade_bytes, unreadable
from grader.provenance import WallClock, provenance
from grader.reference import answer_key
from grader.report import Report, Status, SubmissionReference
from grader.sandbox.backends import open_sandbox
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The command line of `grader inside`, as given."""

    platform: str
    course: Path | None
    assignment: str | None
    folder: Path | None
    parts: Path | None
    sandbox: str


def grade_inside(request: Inside, *, environment: Mapping[str, str]) -> int:
    """Grade and write; 0, or 3 if something was not graded for our reasons. Raises GraderError."""
    settings = Settings.from_environment(environment)
    platform = PLATFORMS[request.platform]
    folder = request.folder or platform.folder
    course = find_course(request.course or settings.course, near=Path.cwd())
    parts = () if request.parts is None else read_parts(request.parts)
    report = _graded(folder / platform.submission, course, _assignment(course, request.assignment), request.sandbox)
    _write(platform, only_part(report, settings.part, parts), folder)
    return 3 if report.status is Status.NOT_GRADED else 0


def _assignment(course: Course, named: str | None) -> Assignment:
    """An adapter carries one assignment only, which nobody then has to name."""
    if named is None and len(course.ids) != 1:
        raise UsageError(f"{course.folder} has several assignments: {', '.join(course.ids)}. Name one: --assignment.")
    return course.assignment(named or course.ids[0])


def _graded(folder: Path, course: Course, assignment: Assignment, sandbox_choice: str) -> Report:
    with open_sandbox(sandbox_choice, assignment.runtime) as sandbox:
        desk = Desk(
            course=course,
            assignment=assignment,
            key=answer_key(course, assignment),
            files=course.files(assignment.id),
            sandbox=sandbox,
            clock=WallClock(),
        )
        try:
            found = handed_in(folder, assignment)
        except UnreadableSubmission as error:
            return unreadable(
                SubmissionReference(name=folder.name, sha256=None),
                str(error),
                assignment=assignment,
                provenance=provenance(sandbox, desk.key.seed),
                run=desk.clock.start().stop(),
            )
        report = grade_bytes(found.name, found.data, desk)
        return report.model_copy(update={"notices": (*report.notices, *found.notices)})


def _write(platform: Platform, report: Report, folder: Path) -> None:
    for file in platform.results(report):
        _replace(folder, file)
    sys.stdout.write(f"{report.status}: {', '.join(file.path for file in platform.results(report))} written\n")


def _replace(folder: Path, file: Written) -> None:
    """As a whole or not at all: half a file would be worse than the one that says we failed."""
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(file.text, encoding="utf-8")
    beside.replace(path)
