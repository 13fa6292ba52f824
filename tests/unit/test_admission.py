"""Before a class is graded: is it the class of the roster, and which of a student's notebooks counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classes.admission import answers_to, hardly_listed
from grader.classes.intake import Student
from grader.classes.intake.collect import gather
from grader.classes.intake.roster import Roster
from grader.limits import IntakeLimits
from tests.exercises import DIGITS
from tests.notebooks import code, notebook
from tests.unit.handed_in import LIMITS, folder, reasons, zipped

SOFTMAX, MODEL = code("def my_softmax(z):\n    return z"), code("# GRADED CELL: Sequential model\nmodel = f()")
BOTH, ONE, NEITHER = notebook(SOFTMAX, MODEL), notebook(SOFTMAX), notebook(code("x = 1"))
BLANK = notebook(code("def my_softmax(z):\n    pass"), code("# GRADED CELL: Sequential model\nmodel = None"))
SCRIPT = b"def my_softmax(z):\n    return z\n"

SEVERAL = [
    pytest.param(
        {"submitted/ada/digits/a.ipynb": BOTH, "submitted/ada/digits/z.ipynb": NEITHER}, "a.ipynb", id="nbgrader"
    ),
    pytest.param({"ada/lab.ipynb": ONE, "ada/zz.ipynb": BLANK}, "lab.ipynb", id="one as it was handed out"),
    pytest.param({"ada/Untitled.ipynb": NEITHER, "ada/Lab.ipynb": ONE}, "Lab.ipynb", id="a scratch file"),
    pytest.param({"ada/lab-Copy1.ipynb": BOTH, "ada/submission.ipynb": ONE}, "lab-Copy1.ipynb", id="a copy went on"),
    pytest.param({"ada/lab.ipynb": BOTH, "ada/submission.ipynb": BOTH}, "submission.ipynb", id="alike: by name"),
    pytest.param({"ada/lab.ipynb": ONE, "ada/zz.ipynb": b"{broken"}, "lab.ipynb", id="one that cannot be read"),
    pytest.param({"ada/lab.ipynb": b"", "ada/zz.ipynb": b"{broken"}, "zz.ipynb", id="none that can be read"),
    pytest.param(
        {"ada.zip": zipped({"lab/a.ipynb": BOTH, "lab/z.ipynb": NEITHER}), "bo.ipynb": ONE}, "a.ipynb", id="in a zip"
    ),
    pytest.param({"ada/lab.ipynb": BLANK, "ada/lab.py": SCRIPT}, "lab.py", id="a script that answers more"),
    pytest.param({"ada/lab.ipynb": ONE, "ada/submission.py": SCRIPT}, "lab.ipynb", id="alike: before a script"),
    pytest.param({"ada_1_22_lab.ipynb": BOTH, "ada_1_23_zz.ipynb": NEITHER}, "ada_1_22_lab.ipynb", id="Canvas"),
    pytest.param(
        {"L_ada_attempt_2026-03-01-10-11-12_a.ipynb": BOTH, "L_ada_attempt_2026-03-02-10-11-12_a.ipynb": ONE},
        "L_ada_attempt_2026-03-02-10-11-12_a.ipynb",
        id="a later attempt counts, whatever it holds",
    ),
]


@pytest.mark.parametrize(("files", "counts"), SEVERAL)
def test_of_several_notebooks_the_one_that_answers_most_counts_and_it_is_said(
    files: dict[str, bytes], counts: str, tmp_path: Path
) -> None:
    """No name and no date costs a student the points of the other file."""
    gathered = gather([folder(tmp_path, files)], assignment="digits", roster=None, limits=LIMITS)

    intake = gathered.settled("digits", answers_to(DIGITS))

    ada = intake.hand_ins[0]
    assert ada.name == counts
    assert [ada.where in reason for reason in reasons(intake)[ada.student.id]] == [True]


def test_a_script_that_answers_nothing_goes_with_the_notebook(tmp_path: Path) -> None:
    """It is what the notebook runs or imports, and nothing is said of it."""
    files = {"ada/lab.ipynb": ONE, "ada/utils.py": b"def f(): pass"}
    intake = gather([folder(tmp_path, files)], assignment="digits", roster=None, limits=LIMITS).settled(
        "digits", answers_to(DIGITS)
    )

    assert [(ada.name, [each.name for each in ada.beside]) for ada in intake.hand_ins] == [("lab.ipynb", ["utils.py"])]
    assert intake.set_aside == ()


def test_how_much_each_answers_is_said(tmp_path: Path) -> None:
    """So that an instructor can see why."""
    files = {"ada/a.ipynb": BOTH, "ada/b.ipynb": ONE}
    gathered = gather([folder(tmp_path, files)], assignment=None, roster=None, limits=LIMITS)

    (reason,) = reasons(gathered.settled(None, answers_to(DIGITS)))["ada"]

    assert "it answers 2 exercises of the assignment, and this one 1" in reason


def test_no_more_notebooks_of_one_student_are_looked_into_than_a_few(tmp_path: Path) -> None:
    """Thousands cannot keep a class waiting; which of them counts is said all the same."""
    files = {f"ada/{n:03}.ipynb": ONE for n in range(60)}
    gathered = gather([folder(tmp_path, files)], assignment=None, roster=None, limits=LIMITS)
    answers = answers_to(DIGITS)

    looked_into = [hand_in for of_one in gathered.notebooks() for hand_in in of_one if answers(hand_in).answered > 0]

    assert len(looked_into) == 20
    assert len(gathered.settled(None, answers).set_aside) == 59


LISTED = Roster(students=tuple(Student(id=name) for name in ("ada", "bo", "cy", "dan")))
MIXED_UP = [
    pytest.param(["ada", "bo", "cy", "dan"], False, id="all"),
    pytest.param(["ada"], False, id="one, who is on it"),
    pytest.param(["ada", "bo", "eve", "flo"], False, id="half"),
    pytest.param(["ada", "eve", "flo", "gus"], False, id="a quarter"),
    pytest.param(["ada", "eve", "flo", "gus", "hal"], True, id="hardly anybody"),
    pytest.param(["eve", "flo"], True, id="nobody"),
    pytest.param(["lab"], True, id="one, who is not"),
]


@pytest.mark.parametrize(("students", "says"), MIXED_UP)
def test_a_class_of_whom_hardly_anybody_is_on_the_roster_is_mixed_up(
    students: list[str], says: bool, tmp_path: Path
) -> None:
    """Said once, with how both call people; a few strangers are told one by one, and graded."""
    files = {f"{name}.ipynb": ONE for name in students}
    gathered = gather([folder(tmp_path / "class", files)], assignment=None, roster=LISTED, limits=IntakeLimits())

    said = hardly_listed(gathered, LISTED, named=Path("class.csv"))

    assert (said is not None) == says
    if said:
        assert f"Of the {len(students)} student" in said
        assert f"'{next(name for name in students if name != 'ada')}'" in said
        assert "the roster knows 'ada', 'bo', 'cy', ..." in said
