"""A worker that was given a weaker sandbox than its class hoped for: what is remembered of its reports."""

from __future__ import annotations

from pathlib import Path

from grader.classes.fingerprint import bytes_key, context_key
from grader.classes.intake import HandIn, Student
from grader.classes.one_file import Grading
from grader.course.folder import Course
from grader.grading.provenance import installed
from grader.limits import NotebookLimits
from grader.report.report import Provenance, Report
from tests.hostile.small_course import handed_in, write_course
from tests.unit.reports import PROVENANCE


def test_a_report_is_kept_under_the_sandbox_that_graded_it(tmp_path: Path) -> None:
    """Never under the one that the class began with: else the next run on it would be given this report."""
    write_course(tmp_path / "course")
    (tmp_path / "ada.ipynb").write_bytes(handed_in())
    course = Course((tmp_path / "course").resolve())
    grading = Grading(
        course=course.folder,
        assignment="small",
        provenance=PROVENANCE.model_copy(update={"sandbox": "namespaces"}),
        sandbox="none",
        context=_context(course, PROVENANCE.model_copy(update={"sandbox": "namespaces"})),
        journal=None,
    )
    with grading.open() as grade:
        graded = grade(HandIn(student=Student(id="ada"), name="ada.ipynb", where="", path=tmp_path / "ada.ipynb"))

    report = Report.model_validate_json(graded.report)
    assert report.provenance.sandbox == "none"
    assert report.submission.sha256 is not None
    proven = _context(course, PROVENANCE.model_copy(update={"sandbox": "none"}))
    assert graded.keys[1] == bytes_key(report.submission.sha256, proven)
    assert proven != grading.context


def _context(course: Course, provenance: Provenance) -> str:
    return context_key(course, course.assignment("small"), provenance, NotebookLimits(), installed())
