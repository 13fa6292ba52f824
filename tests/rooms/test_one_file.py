"""What a worker of a class finds out about one file, and what of it is kept for the next run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.classes.graded import Graded
from grader.classes.intake import HandIn, Student
from grader.classes.journal import Journal
from grader.classes.one_file import Grading
from grader.classes.store import Kept
from grader.report.report import Report, Status
from tests.hostile.small_course import write_course
from tests.notebooks import code, notebook
from tests.unit.reports import PROVENANCE

TOO_NEW = notebook(code("# GRADED FUNCTION: double\ndef double[T](x: T) -> T:\n    return 2.0 * x"), python="3.13.0")
UNTOUCHED = notebook(
    code(
        "# GRADED CELL: double\ndef double(x):\n    ### START CODE HERE ###\n    y = None\n    ### END CODE HERE ###\n"
        "    return y"
    )
)


def graded(folder: Path, data: bytes, journal: Path | None) -> Graded:
    """What comes of a file with these bytes."""
    write_course(folder / "course")
    (folder / "ada.ipynb").write_bytes(data)
    grading = Grading(
        course=(folder / "course").resolve(),
        assignment="small",
        provenance=PROVENANCE,
        sandbox="none",
        context="here",
        journal=journal,
    )
    with grading.open() as grade:
        return grade(HandIn(student=Student(id="ada"), name="ada.ipynb", where="", path=folder / "ada.ipynb"))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="it is right there")
def test_what_is_written_for_a_newer_python_is_found_out_once(tmp_path: Path) -> None:
    """It is not graded, and no second look would change that: another Python is another context."""
    with Journal(tmp_path / "out", warn=print) as journal:
        first = graded(tmp_path, TOO_NEW, journal.path)
        report = Report.model_validate_json(first.report)
        journal.keep(Kept(report=report), *first.keys)
        second = graded(tmp_path, TOO_NEW, journal.path)

    assert report.status is Status.NOT_GRADED
    assert [each.was_kept for each in (first, second)] == [False, True]


def test_a_notebook_as_it_was_handed_out_is_no_other_labs(tmp_path: Path) -> None:
    """Whoever has not begun has the right notebook, however well its names fit a neighbouring lab."""
    for kind in ("assignments/{}/assignment.py", "reference/{}/solution.py"):
        write_course(tmp_path / "course")
        twin = tmp_path / "course" / kind.format("twin")
        twin.parent.mkdir(parents=True)
        text = (tmp_path / "course" / kind.format("small")).read_text(encoding="utf-8")
        twin.write_text(text.replace('id="small"', 'id="twin"'), encoding="utf-8")

    assert graded(tmp_path, UNTOUCHED, None).looks_like is None
