"""assignments/README.md shows every question, rule and kind of value in a lab that the suite grades."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from grader.course.assignment import Assignment
from grader.judging import QUESTIONS, RULES
from grader.judging.inputs import Examples
from grader.wall.values import Formula, LentFunction, Steps, Table, Value
from tests.guide import labs_shown

ROOT = Path(__file__).parents[2]


def read(source: str) -> Assignment:
    """The assignment that a lab of the guide is."""
    found: dict[str, Assignment] = {}
    exec(source, found)
    return found["ASSIGNMENT"]


@pytest.fixture(scope="module")
def shown() -> list[Assignment]:
    """All of them."""
    return [read(source) for source in labs_shown().values()]


def test_every_question_and_rule_has_an_example(shown: list[Assignment]) -> None:
    """Whoever looks for one finds how it is written."""
    checks = [check for assignment in shown for exercise in assignment.exercises for check in exercise.checks]
    asked = {type(check.question) for check in checks} | {type(check.rule) for check in checks}

    assert {each.__name__ for each in (*QUESTIONS, *RULES)} - {each.__name__ for each in asked} == set()


def test_every_value_that_an_author_writes_has_an_example(shown: list[Assignment]) -> None:
    """Tables, formulas, steps, functions that are lent, moments and exact numbers; what a list may hold needs none."""
    args: list[Value] = []
    for exercise in (each for assignment in shown for each in assignment.exercises):
        for question in (check.question for check in exercise.checks):
            args += [each for call in (question.calls if isinstance(question, Examples) else ()) for each in call]

    wanted = {Table, Formula, LentFunction, Steps, datetime, timedelta, Fraction, Decimal}
    assert wanted - {type(each) for each in args} == set()


def test_every_lab_that_is_shown_is_graded_by_the_suite() -> None:
    """An example that nobody runs will be wrong one day."""
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    named = {name for name in labs_shown() for text in tests if f'"{name}"' in text or f"/{name}/" in text}

    assert set(labs_shown()) - named == set()
