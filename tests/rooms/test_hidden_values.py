"""What a student may not see yet is in nothing that a student gets: a course whose hidden checks hold canary numbers,
wrong answers of all sorts, every renderer, and every moment of reading."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from grader.assignment import Assignment, Visibility
from grader.course import Course
from grader.desk import Desk
from grader.pipeline import grade_bytes
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.render import RENDERERS
from grader.report import Audience, Report
from grader.sandbox import Sandbox
from tests.notebooks import code, notebook

DUE = datetime(2030, 1, 1, 18, tzinfo=UTC)
BEFORE, AFTER = DUE.replace(hour=17), DUE.replace(hour=19)

#: by the visibility of the check that holds them: an input, and the right answer to it
CANARIES = {
    Visibility.VISIBLE: ("101.25", "303.75"),
    Visibility.AFTER_DUE: ("417.25", "1251.75"),
    Visibility.AFTER_PUBLISHED: ("523.25", "1569.75"),
    Visibility.HIDDEN: ("661.25", "1983.75"),
}
ASSIGNMENT = '''\
"""A function with a check of each visibility."""

from datetime import UTC, datetime

import numpy as np

from grader.assignment import Assignment, Visibility
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import examples
from grader.limits import RoomLimits


def check(visibility, canary, **more):
    return FunctionCheck(
        id=visibility.value, title=f"Title {visibility.value}", points=10, visibility=visibility,
        inputs=examples((np.array([canary]),), (np.array([canary, 2.0 * canary]),)),
        passed=f"Passed {visibility.value}.", failed=f"Failed {visibility.value}.", hint=f"Hint {visibility.value}.",
    )


def exercise(target, *checks):
    return FunctionExercise(id=target, title=target, target=target, limits=RoomLimits(cpu_seconds=5), checks=checks)


VISIBLE = check(Visibility.VISIBLE, 101.25)
SECRET = (
    check(Visibility.AFTER_DUE, 417.25), check(Visibility.AFTER_PUBLISHED, 523.25), check(Visibility.HIDDEN, 661.25),
)
ASSIGNMENT = Assignment(
    id="canary",
    title="Canaries",
    version="1",
    due=datetime(2030, 1, 1, 18, tzinfo=UTC),
    exercises=(exercise("triple", VISIBLE, *SECRET), exercise("other", *SECRET)),
)
'''
SOLUTION = '''\
"""The answers."""

import numpy as np


def triple(z):
    thrice_as_it_should_be = z * 3.0
    return thrice_as_it_should_be


def other(z):
    thrice_as_it_should_be = z * 3.0
    return thrice_as_it_should_be
'''
WRONG = '''\
"""A known mistake."""

EXERCISE = "triple"
LOSES = ("visible",)
HINT = "Three, not five."


def triple(z):
    return 5.0 * z
'''
ANSWERS = [
    pytest.param("return 3.0 * z", id="right"),
    pytest.param("return 6.0 * z", id="wrong"),
    pytest.param("return 5.0 * z", id="a known mistake"),
    pytest.param("return 3.0 * z if z[0] < 400 else z", id="wrong for hidden calls only"),
    pytest.param("print('seen', z, 3.0 * z)\nreturn z", id="prints"),
    pytest.param("raise ValueError(f'{z} {3.0 * z}')", id="raises"),
    pytest.param("seen.extend([*z, *(3.0 * z)])\nreturn np.array(seen)", id="remembers"),
    pytest.param("seen.extend([*z, *(3.0 * z)])\nraise ValueError(str(seen))", id="remembers and raises"),
    pytest.param("if z[0] > 400: unknown_name\nreturn 3.0 * z", id="lacks a name for hidden calls"),
    pytest.param("return None", id="returns nothing"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course of canaries."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in (
        ("assignments/canary/assignment.py", ASSIGNMENT),
        ("reference/canary/solution.py", SOLUTION),
        ("reference/canary/wrong/five.py", WRONG),
    ):
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return Course(folder)


def graded(course: Course, sandbox: Sandbox, lines: str, *, named: bool = False) -> Report:
    """The report on a notebook in which both functions have these lines, after a statement of their notebook that
    raises: rooms speak of it where a check of theirs has not passed."""
    assignment: Assignment = course.assignment("canary").model_copy(update={"show_hidden_titles": named})
    key = answer_key(course, assignment)
    desk = Desk(course=course, assignment=assignment, key=key, files={}, sandbox=sandbox, clock=WallClock())
    body = "\n".join(f"    {line}" for line in ("seen.sort()", *lines.splitlines()))
    functions = (code(f"def {name}(z):\n{body}") for name in ("triple", "other"))
    cells = (code("import numpy as np\nseen = []\nseen.remove(0)"), *functions)
    return grade_bytes("x.ipynb", notebook(*cells), desk)


def told(report: Report) -> set[str]:
    """The canaries of the checks that the student is not to know of, and words of these checks, in any rendering."""
    texts = [render(report) for render in RENDERERS.values()]
    words = {each: (*numbers, f"Title {each}", f"Failed {each}", f"Hint {each}") for each, numbers in CANARIES.items()}
    return {
        f"{visibility}: {word}"
        for visibility, found in words.items()
        for word in found
        for text in texts
        if re.search(rf"(?<![\d.]){re.escape(word)}", text)
    }


def kinds(found: set[str]) -> set[str]:
    """Of which visibilities something was told."""
    return {each.partition(":")[0] for each in found}


@pytest.mark.parametrize("lines", ANSWERS)
def test_no_rendering_tells_a_student_what_is_hidden(course: Course, sandbox: Sandbox, lines: str) -> None:
    """Neither inputs nor right answers nor words of a check that is not open yet, whatever the code does with them."""
    report = graded(course, sandbox, lines)

    assert kinds(told(report.seen_by(Audience.STUDENT, now=BEFORE))) <= {"visible"}
    assert kinds(told(report.seen_by(Audience.STUDENT, now=AFTER))) <= {"visible", "after_due"}
    assert kinds(told(report.seen_by(Audience.STUDENT, published=True))) <= {"visible", "after_due", "after_published"}
    assert not any("thrice_as_it_should_be" in render(report) for render in RENDERERS.values())


def test_a_wrong_answer_is_told_in_full_once_it_is_time(course: Course, sandbox: Sandbox) -> None:
    """The search finds what is there: an instructor reads everything, a student what is open."""
    report = graded(course, sandbox, "return 6.0 * z")

    assert kinds(told(report)) == set(Visibility)
    assert kinds(told(report.seen_by(Audience.STUDENT, now=BEFORE))) == {"visible"}
    assert kinds(told(report.seen_by(Audience.STUDENT, now=AFTER))) == {"visible", "after_due"}
    assert kinds(told(report.seen_by(Audience.STUDENT, published=True))) == set(Visibility) - {Visibility.HIDDEN}


def test_titles_of_hidden_checks_are_told_where_the_assignment_says_so(course: Course, sandbox: Sandbox) -> None:
    """Title, verdict and points, but no value and no other word."""
    seen = graded(course, sandbox, "print(z)\nreturn 6.0 * z", named=True).seen_by(Audience.STUDENT, now=BEFORE)

    assert {word for word in told(seen) if not word.startswith("visible")} == {
        f"{each}: Title {each}" for each in Visibility if each is not Visibility.VISIBLE
    }


@pytest.mark.parametrize("lines", ANSWERS)
def test_nothing_betrays_how_hidden_checks_went(course: Course, sandbox: Sandbox, lines: str) -> None:
    """With the answers to hidden calls exchanged for right ones, a student reads the same bytes before the deadline."""
    honest = f"if z[0] > 400: return 3.0 * z\n{lines}"
    first, second = (graded(course, sandbox, each) for each in (f"if z[0] > 400: return 6.0 * z\n{lines}", honest))
    one, two = (_comparable(each.seen_by(Audience.STUDENT, now=BEFORE)) for each in (first, second))

    assert one == two


def _comparable(report: Report) -> str:
    """Everything but the run, and the student's own source and its fingerprint."""
    exercises = tuple(each.model_copy(update={"cell": None}) for each in report.exercises)
    return report.model_copy(update={"exercises": exercises}).model_dump_json(exclude={"run", "submission"})
