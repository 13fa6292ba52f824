"""The digits course on a desk, and how its sample is graded: what several measures have in common."""

from __future__ import annotations

from grader.course import Course
from grader.desk import Desk
from grader.pipeline import grade_bytes
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.report import Report
from grader.sandbox import Sandbox
from tests.end_to_end.digits import ROOT, SAMPLE


def digits_desk(sandbox: Sandbox) -> Desk:
    """All that grading a digits notebook in `sandbox` needs."""
    course = Course(ROOT)
    assignment = course.assignment("digits")
    return Desk(
        course=course,
        assignment=assignment,
        key=answer_key(course, assignment),
        files=course.files(assignment.id),
        sandbox=sandbox,
        clock=WallClock(),
    )


def grade_sample(desk: Desk) -> Report:
    """Grade the sample. Raises AssertionError unless it earned every point, since no figure would mean anything."""
    report = grade_bytes(SAMPLE.name, SAMPLE.read_bytes(), desk)
    assert report.score is not None
    assert report.score.earned == report.score.possible, report.notices
    return report
