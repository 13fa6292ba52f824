"""A class that a command hands to workers who do what a file's name says (`obeying.py`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from grader.classes.crew import Done, Lost
from grader.classes.intake import HandIn, Student
from grader.classes.one_file import Grading
from grader.course.folder import Course
from grader.report.report import Report
from grader.service.batches.handing import Outcome, SiteWorkers
from grader.service.queue.held import LEASE
from grader.service.site import Site
from grader.service.store.batch_tables import Batch, BatchFile
from tests.hostile.small_course import write_course
from tests.unit.reports import PROVENANCE

#: points that everything earns beside its letters
OTHERS = 10


def class_of(folder: Path, *names: str) -> list[HandIn]:
    """A file of each name, each of a student of that name."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    return [HandIn(student=Student(id=name), name=name, where=name, path=folder / name) for name in names]


def handed_to(
    site: Site, folder: Path, *, warn: Callable[[str], None] = pytest.fail, lease: timedelta = LEASE
) -> SiteWorkers:
    """The workers of that site, for a class whose course lies in the folder."""
    if not (folder / "course").is_dir():
        write_course(folder / "course")
    course = Course((folder / "course").resolve())
    grading = Grading(
        course=course.folder, assignment="small", provenance=PROVENANCE, sandbox="none", context="here", journal=None
    )
    return SiteWorkers(site.database, grading, course.assignment("small"), warn=warn, lease=lease)


def told(outcomes: list[Outcome]) -> dict[str, str | int]:
    """What came of each: points for the letters of its name, or why it was lost."""
    assert len({each.task.name for each in outcomes}) == len(outcomes)
    return {each.task.name: _in_short(each) for each in outcomes}


def _in_short(outcome: Outcome) -> str | int:
    match outcome:
        case Done(result=graded):
            score = Report.model_validate_json(graded.report).score
            assert score is not None
            return (score.earned or 0) - OTHERS
        case Lost(reason=reason):
            return reason.key


def left(site: Site) -> int:
    """Classes and files that are still in the database."""
    with site.database.read() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in (Batch, BatchFile))
