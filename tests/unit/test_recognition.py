"""Which assignment of a course a notebook answers: one that is broken stands in no other's way, and is not mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import CourseError, UsageError
from grader.grading.recognition import Recognition, recognition
from tests.exercises import handed_in
from tests.notebooks import CellNode, code, notebook

LAB = """\
from grader.course.assignment import Assignment, Exercise
from tests.exercises import check

check = check(points=100)
ASSIGNMENT = Assignment(id="{id}", title="A lab", version="1", exercises=({exercises}))
"""
EXERCISE = 'Exercise(id="{0}", title="E", target="{0}", markers=("{0}",), checks=(check,)),'
NEIGHBOURS = ("standardize", "distances", "knn_predict")
#: an assignment.py that raises, one that ends Python, one that does not validate, one that binds nothing
BROKEN = ["1 / 0", "exit()", LAB.format(id="Neighbours", exercises=""), "x = 1"]


def graded(*names: str) -> list[CellNode]:
    return [code(f"# GRADED FUNCTION: {name}\ndef {name}(X):\n    return X") for name in names]


def write(course: Path, id: str, *names: str, broken: str | None = None) -> None:
    """An assignment that asks for functions of these names, and its starter."""
    home = course / "assignments" / id
    home.mkdir(parents=True)
    exercises = "".join(map(EXERCISE.format, names))
    (home / "assignment.py").write_text(broken or LAB.format(id=id, exercises=exercises), encoding="utf-8")
    (home / "starter.ipynb").write_bytes(notebook(*graded(*names)))


@pytest.fixture(params=BROKEN, ids=["raises", "exits", "invalid", "empty"])
def known(request: pytest.FixtureRequest, tmp_path: Path) -> Recognition:
    """Of three assignments `neighbours` is broken; `scaling` asks for one of its functions too."""
    write(tmp_path, "neighbours", *NEIGHBOURS, broken=request.param)
    write(tmp_path, "scaling", "standardize", "rescale")
    write(tmp_path, "softmax", "softmax")
    return recognition(Course(tmp_path))


def test_a_broken_assignment_stands_in_no_others_way(known: Recognition) -> None:
    """A notebook of another lab is recognized, and the broken one is named with its file."""
    assert known.chosen(handed_in(*graded("softmax")), "lab.ipynb").id == "softmax"
    ((warning, *_),) = known.warnings
    assert warning.startswith("neighbours is passed over, since it cannot be read: ")
    assert "neighbours/assignment.py" in warning


def test_a_notebook_of_the_broken_assignment_is_not_graded_by_the_next_best(known: Recognition) -> None:
    """Zeros for work that answers another lab would be our fault; the message says what to run."""
    with pytest.raises(CourseError, match=r"looks like neighbours, and .* `grader check neighbours` says what to mend"):
        known.chosen(handed_in(*graded(*NEIGHBOURS)), "lab.ipynb")


def test_a_notebook_that_fits_nothing_is_told_what_was_looked_for(known: Recognition) -> None:
    """The broken assignment, known by the marks of its starter, is one of them."""
    with pytest.raises(UsageError, match="nothing that one of the course's 3 assignments asks for"):
        known.chosen(handed_in(*graded("entropy")), "lab.ipynb")


@pytest.mark.parametrize("starter", [None, b"{", notebook(code("x = 1"))], ids=["missing", "no notebook", "unmarked"])
def test_a_broken_assignment_without_marks_is_only_passed_over(starter: bytes | None, tmp_path: Path) -> None:
    """Nothing tells what it asks for."""
    write(tmp_path, "neighbours", broken="1 / 0")
    write(tmp_path, "scaling", "rescale")
    path = tmp_path / "assignments/neighbours/starter.ipynb"
    path.unlink() if starter is None else path.write_bytes(starter)

    known = recognition(Course(tmp_path))

    assert known.chosen(handed_in(*graded("rescale")), "lab.ipynb").id == "scaling"
    assert len(known.warnings) == 1


def test_a_course_in_which_everything_is_broken_is_an_error(tmp_path: Path) -> None:
    """It names every file."""
    for name in ("one", "two"):
        write(tmp_path, name, broken="1 / 0")

    with pytest.raises(CourseError, match=r"(?s)one/assignment\.py.*two/assignment\.py"):
        recognition(Course(tmp_path))
