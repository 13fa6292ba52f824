"""What everybody had before them or could only have written so: the notebook to begin with, the reference and its right
variants. Its fingerprints say nothing of two students. Named mistakes are not among them: who shares one shares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.classes.likeness.traces import WrittenAnswer, traced
from grader.course.digests import content_of
from grader.course.folder import Course
from grader.course.mistakes import read_variants, solution_of
from grader.errors import UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.reading import read_notebook


def handed_out(course: Course, assignment: str) -> frozenset[int]:
    """The numbers of these fingerprints. Raises CourseError for a course that cannot be read."""
    answers = [WrittenAnswer(text, is_text=True) for text in _texts(course, assignment)]
    return frozenset(each.number for trace in traced(answers) if trace for each in trace.fingerprints)


def _texts(course: Course, assignment: str) -> Iterator[str]:
    for path in course.notebooks(assignment, "starter"):
        yield from _cells(path)
    yield solution_of(course, assignment).source
    yield from (each.script.source for each in read_variants(course, course.assignment(assignment)))


def _cells(path: Path) -> Iterator[str]:
    if not path.is_file():
        return
    try:
        notebook = read_notebook(content_of(path), NotebookLimits())
    except UnreadableSubmission:
        return
    yield from (cell.source for cell in notebook.cells)
