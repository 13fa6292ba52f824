"""Solution scripts: what is read of them, and how their functions are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader.checks.function import FunctionKey
from grader.course import Course
from grader.errors import CourseError
from grader.reference import AnswerKey, answer_key, right_variants, wrong_solution
from grader.values import array
from tests.lent_course import FORGETS_A_ROUND, write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The course of four functions."""
    return write_course(tmp_path)


def key_with(course: Course, *, wrong: str) -> AnswerKey:
    """The answer key of the course with one more wrong solution."""
    (course.folder / "reference" / "lent" / "wrong" / "another.py").write_text(wrong, encoding="utf-8")
    return answer_key(course, course.assignment("lent"))


def function_key(key: AnswerKey, exercise: str) -> FunctionKey:
    """What was prepared for one function."""
    prepared = key.prepared[exercise]
    assert isinstance(prepared, FunctionKey)
    return prepared


def test_a_wrong_solution_calls_the_reference_where_it_depends_on_it(course: Course) -> None:
    """Even if the script has a version of its own: a room would not let that win either."""
    own = FORGETS_A_ROUND + "\n\ndef line(x):\n    return 0 * x\n"
    another, forgets = function_key(key_with(course, wrong=own), "train").misconceptions
    assert [solution.name for solution in (another, forgets)] == ["another", "forgets_a_round"]
    (mine, _), (asked, _) = another.solve(np.array([1.0])), forgets.solve(np.array([1.0]))
    assert mine == asked


def test_a_solution_of_another_template_is_passed_what_it_takes(course: Course) -> None:
    """Canonical arguments are all there are; a script takes the ones of its own definition."""
    short = 'EXERCISE = "cost"\nLOSES = ("right",)\nHINT = "No."\n\n\ndef cost(a, y):\n    return 0.0\n'
    (solution,) = function_key(key_with(course, wrong=short), "cost").misconceptions
    assert solution.solve(1.0, 2.0, {}) == 0.0


def test_what_others_depend_on_can_be_lent(course: Course) -> None:
    """With what it needs to be called: its statements, its parameters, the ways in which templates call it."""
    lendables = answer_key(course, course.assignment("lent")).lender.lendables
    assert list(lendables) == ["line", "cost", "step"]
    assert lendables["cost"].parameters == ("a", "y")
    assert lendables["cost"].shapes == ((0, 1), (0, 1, 2))


def test_a_reference_answers_with_its_own_earlier_functions(course: Course) -> None:
    """The chain of the reference is whole without a lender."""
    solve = function_key(answer_key(course, course.assignment("lent")), "train").solve
    assert isinstance(solve((array([0.0]),)), tuple)


def variant(course: Course, text: str) -> None:
    """Write a right variant."""
    home = course.folder / "reference" / "lent" / "right"
    home.mkdir()
    (home / "loops.py").write_text(text, encoding="utf-8")


def test_a_right_variant_says_whose_it_is(course: Course) -> None:
    """The exercise, and what is different about it."""
    variant(course, '"""Entry by entry."""\n\nEXERCISE = "line"\n')
    (found,) = right_variants(course, course.assignment("lent"))
    assert (found.name, found.exercise, found.says) == ("loops", "line", "Entry by entry.")


def test_a_right_variant_without_exercise_is_the_courses_fault(course: Course) -> None:
    """The message names file and cure."""
    variant(course, "def line(x):\n    return x\n")
    with pytest.raises(CourseError, match=r"loops\.py: EXERCISE is missing\. Bind each"):
        right_variants(course, course.assignment("lent"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('EXERCISE = "line"\nLOSES = ("right",)\n', r"HINT is missing\. Bind each"),
        ('EXERCISE = "line"\n', r"LOSES and HINT are missing\."),
        ('EXERCISE = "line"\nLOSES = ("right",)\nHINT = "a" + str(1)\n', r"HINT are bound to has to be literals"),
    ],
    ids=["no hint", "two", "computed"],
)
def test_a_wrong_solution_says_which_of_its_literals_is_missing(text: str, says: str, tmp_path: Path) -> None:
    """The message names the file and the names, and no error of Python's."""
    path = tmp_path / "loops.py"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=rf"loops\.py: .*{says}"):
        wrong_solution(path)


def test_only_a_function_can_be_depended_on(course: Course) -> None:
    """A model or a value is not called across the wall; the author is told which exercise to take out."""
    path = course.folder / "assignments" / "lent" / "assignment.py"
    text = path.read_text(encoding="utf-8")
    head = "from grader.checks.model import DenseLayer, ModelCheck, ModelExercise\n"
    model = (
        'ModelExercise(id="net", title="net", target="net", features=1, layers=(DenseLayer(units=1),), checks=('
        'ModelCheck(id="a", title="a", points=1, passed="", failed="", aspect="layers"),)),\n'
    )
    text = text.replace("import numpy", head + "import numpy").replace("exercises=(\n", f"exercises=(\n{model}")
    path.write_text(text.replace('("line", "cost", "step")', '("net",)'), encoding="utf-8")
    with pytest.raises(
        CourseError, match="exercise train depends on net, which is no function and so cannot be called"
    ):
        answer_key(course, course.assignment("lent"))
