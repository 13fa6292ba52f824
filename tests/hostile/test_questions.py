"""Questions by a function that is lent, by the course's code in the room and by the clock, attacked in both tiers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from tests.hostile.conftest import TIERS, House, furnished, opened, outside_run
from tests.hostile.on_questions import COURSE, HONEST, LOSS, ROWS, Answered
from tests.notebooks import code, notebook


def answers(cells: tuple[str, ...]) -> bytes:
    """A notebook of these."""
    return notebook(code(LOSS), *map(code, cells))


@pytest.fixture(scope="module", params=TIERS)
def standing_house_of_questions(request: pytest.FixtureRequest, temporary: Path) -> Iterator[House]:
    """The grader of that course, once for each tier."""
    folder = temporary / "questions"
    for name, text in COURSE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course = Course(folder)
    with (
        opened(request.param, "numpy") as sandbox,
        Grader(course, course.assignment("asked"), sandbox=sandbox) as grader,
    ):
        yield furnished(grader, temporary, answers(HONEST))


@pytest.fixture
def house_of_questions(standing_house_of_questions: House) -> House:
    """That grader, as the test finds it."""
    return standing_house_of_questions.found()


def test_an_attack_by_a_question_gets_its_verdict_and_harms_nobody(house_of_questions: House) -> None:
    """Not the exercise before it, and not the next submission: what is lent or laid into a room is as it was."""
    assert [trouble for row in ROWS for trouble in troubles(house_of_questions, row)] == []
    assert outside_run(house_of_questions.grade(answers(HONEST))) == house_of_questions.honest


def troubles(house: House, row: Answered) -> Iterator[str]:
    """What should have come of a row and did not, in words."""
    loss, *attacked = house.grade(answers(row.cells)).exercises
    got = [each.verdict for each in attacked]
    if not all(verdict in may for verdict, may in zip(got, row.verdicts, strict=True)):
        yield f"{row.name}: {got}"
    if loss.earned != 1:
        yield f"{row.name}: cost the other exercise its point: {loss.message}"
    if (left := house.traces()) != house.before:
        yield f"{row.name}: left {left}"
