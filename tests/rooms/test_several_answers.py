"""An exercise that is answered several times: the better answer counts, by what everybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.audience import seen_by
from grader.report.report import Audience, ExerciseResult
from grader.wall.sandbox import Sandbox
from tests.english import all_spoken
from tests.notebooks import code, notebook
from tests.replay import Recorder

ASSIGNMENT = '''\
"""A function with one check that everybody sees and one that nobody does."""

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.judging.inputs import examples
from grader.judging.rules import Agrees
from grader.limits import RoomLimits


def check(visibility, start):
    return Check(
        id=visibility.value, title="t", points=10, visibility=visibility, passed="Yes.", failed="No.",
        rule=Agrees(), question=examples((np.array([start]),), (np.array([start, 2.0 * start]),)),
    )


CHECKS = (check(Visibility.VISIBLE, 1.0), check(Visibility.HIDDEN, 100.0))
ASSIGNMENT = Assignment(
    id="several", title="Several", version="1",
    exercises=(
        Exercise(
            id="f", title="f", target="f", markers=("f",), limits=RoomLimits(cpu_seconds=5), checks=CHECKS
        ),
    ),
)
'''
RIGHT = "def f(z):\n    return 3.0 * z"
WRONG = "def f(z):\n    return 2.0 * z"
SMALL_ONLY = "def f(z):\n    return 3.0 * z if z[0] < 50 else z"
MARK = "# GRADED FUNCTION: f\n"


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    """All that grading this course needs, with its rooms counted."""
    folder = tmp_path_factory.mktemp("course")
    written = {"assignments/several/assignment.py": ASSIGNMENT, "reference/several/solution.py": f'"""f."""\n{RIGHT}\n'}
    for name, text in written.items():
        Path(folder, name).parent.mkdir(parents=True)
        Path(folder, name).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment("several"), sandbox=sandbox) as opened:
        yield opened


def graded(grader: Grader, *cells: str, audience: Audience = Audience.INSTRUCTOR) -> ExerciseResult:
    """The result of a notebook with these cells."""
    report = seen_by(grader.grade("x.ipynb", notebook(*map(code, cells))), audience)
    return report.exercises[0]


CASES = [
    pytest.param([MARK + RIGHT, WRONG], 1, 20, "it is the marked one.", id="an experiment after it"),
    pytest.param([MARK + WRONG, RIGHT], 2, 20, "it does better.", id="a correction after it"),
    pytest.param([RIGHT, WRONG], 1, 20, "it does better.", id="no marks"),
    pytest.param(
        [MARK + RIGHT, "f = np.vectorize(f, signature='()->()')\nf = f(1)"], 1, 20, "it is the marked one.", id="reused"
    ),
    pytest.param([f"{MARK}{RIGHT}\n{WRONG}"], 1, 20, "it does better.", id="an experiment in the marked cell"),
]


@pytest.mark.parametrize(("cells", "cell", "earned", "why"), CASES)
def test_the_better_answer_counts(grader: Grader, cells: list[str], cell: int, earned: int, why: str) -> None:
    """Neither a later experiment takes points away, nor a first try those of its correction."""
    result = graded(grader, *cells)

    assert result.cell is not None
    assert (result.cell.index, result.earned) == (cell, earned)
    assert all_spoken(result.notices)[0].endswith(why)


def test_which_answer_counts_tells_nothing_of_hidden_checks(grader: Grader) -> None:
    """Of two answers that do alike where students see it the first counts, whatever hidden checks find."""
    better, worse = ([MARK + WRONG, SMALL_ONLY], [MARK + WRONG, RIGHT])
    seen = [graded(grader, *cells, audience=Audience.STUDENT) for cells in (better, worse)]
    assert [each.notices for each in seen] == [seen[0].notices] * 2
    assert [each.earned for each in seen] == [10, 10]

    small_first = graded(grader, MARK + SMALL_ONLY, RIGHT)
    assert small_first.cell is not None
    assert (small_first.cell.index, small_first.earned) == (1, 10)


def test_no_room_is_opened_for_an_answer_that_cannot_do_better(grader: Grader, sandbox: Sandbox) -> None:
    """The marked answer does all that is seen: one room for each visibility, and none for the other answer."""
    recorder = Recorder(sandbox)
    with Grader(grader.course, grader.assignment, sandbox=recorder, key=grader.materials.key) as counted:
        graded(counted, MARK + RIGHT, WRONG)

    assert len(recorder.recordings) == 2
