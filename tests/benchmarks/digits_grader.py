"""The digits course and a grader of it, and how its sample is graded: what several measures have in common."""

from __future__ import annotations

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.report import Report
from grader.wall.sandbox import Sandbox
from tests.end_to_end.digits import ROOT, SAMPLE


def digits_grader(sandbox: Sandbox) -> Grader:
    """Grades digits notebooks in `sandbox`."""
    course = Course(ROOT)
    return Grader(course, course.assignment("digits"), sandbox=sandbox)


def grade_sample(grader: Grader) -> Report:
    """Grade the sample. Raises AssertionError unless it earned every point, since no figure would mean anything."""
    report = grader.grade(SAMPLE.name, SAMPLE.read_bytes())
    assert report.score is not None
    assert report.score.earned == report.score.possible, report.notices
    return report
