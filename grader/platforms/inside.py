"""`grader inside`: what an adapter runs in a platform's container. It grades, and writes what the platform reads.

Before it starts, the adapter's script has written the file that says we failed; whatever raises or is killed here
leaves that one in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.classes.writing import write_whole
from grader.course.assignment import Assignment
from grader.course.folder import Course, find_course
from grader.errors import UnreadableSubmission, UsageError
from grader.grading.grader import Grader
from grader.grading.ungraded import without_bytes
from grader.messages import terminal
from grader.platforms.handed_in import handed_in
from grader.platforms.parts import only_part, read_parts
from grader.platforms.platforms import PLATFORMS, Platform
from grader.report.exit_codes import exit_code
from grader.report.report import Report, Status
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
    submission = folder / platform.submission
    course = find_course(request.course or settings.course, near=Path.cwd(), graded=(submission,))
    parts = () if request.parts is None else read_parts(request.parts)
    assignment = _assignment(course, request.assignment)
    report = _graded(submission, course, assignment, request.sandbox, settings.keys_folder)
    _write(platform, only_part(report, settings.part, parts), folder)
    return exit_code({report.status} - {Status.UNREADABLE})  # which the platform shows as any other result


def _assignment(course: Course, named: str | None) -> Assignment:
    """An adapter carries one assignment only, which nobody then has to name."""
    if named is None and len(course.ids) != 1:
        raise UsageError(f"{course.folder} has several assignments: {', '.join(course.ids)}. Name one: --assignment.")
    return course.assignment(named or course.ids[0])


def _graded(folder: Path, course: Course, assignment: Assignment, sandbox_choice: str, keys: Path) -> Report:
    with Grader(course, assignment, sandbox=sandbox_choice, private=(folder,), keys=keys) as grader:
        try:
            found = handed_in(folder, assignment)
        except UnreadableSubmission as error:
            return grader.unreadable(without_bytes(folder.name), error.message)
        report = grader.grade(found.name, found.data)
        return report.model_copy(update={"notices": (*report.notices, *found.notices)})


def _write(platform: Platform, report: Report, folder: Path) -> None:
    for file in platform.results(report):
        write_whole(folder / file.path, file.text, otherwise="Name another folder with --folder.")
    terminal.tell(f"{report.status}: {', '.join(file.path for file in platform.results(report))} written")
