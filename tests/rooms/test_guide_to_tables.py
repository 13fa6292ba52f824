"""The lab that assignments/README.md shows for tables, objects and errors, graded as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.messages import english
from grader.report.report import Report
from tests.notebooks import code, notebook

pytest.importorskip("pandas", reason="pandas is not installed")

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Tables, objects and errors")[2].partition("\n## ")[0]
LAB = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
SOLUTION = """
from collections import deque


def totals(bills):
    return bills.groupby("who")["amount"].sum()


class Account:
    def __init__(self, owner):
        if not owner:
            raise ValueError("nobody")
        self.balance = 0
        self.history = deque()

    def pay(self, amount):
        self.balance += amount
        self.history.append(amount)
        return self.balance

    def take_over(self, other):
        self.balance += other.balance


def apply_twice(f, x):
    print("twice")
    return f(f(x))


def parts(thing):
    return thing
"""
#: in place of something right, what a student may write, and what the report says of it
WRONG = {
    ('["amount"].sum()', '["amount"].mean()'): (
        "The column 'amount' differs in 1 of 2 rows: in row 'Bob' it is NA; 0 was asked for."
    ),
    ("deque()", "Kept()"): "It is an object of type __main__.deque; one of type collections.deque was asked for.",
    ("ValueError", "KeyError"): "an exception of the kind ValueError was asked for.",
    ("self.balance += amount", "self.balance -= amount"): "The number differs.",
    ('print("twice")', 'print("thrice")'): "It returned a text.",
    ("return thing", "return str(thing)"): "It returned a text",
}
FORGED = """
class Kept(list):
    __module__, __qualname__ = "collections", "deque"
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The lab of the guide, with its reference."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in (("assignments", LAB), ("reference", SOLUTION)):
        home = folder / name / "tables_and_objects"
        home.mkdir(parents=True)
        (home / ("assignment.py" if name == "assignments" else "solution.py")).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment("tables_and_objects"), sandbox="none") as grader:
        yield grader


def graded(lab: Grader, source: str) -> Report:
    """The report on a notebook of one cell."""
    return lab.grade("a.ipynb", notebook(code("import pandas as pd\n" + source)))


def test_every_question_rule_and_value_that_the_guide_shows_accepts_what_is_right(lab: Grader) -> None:
    """Whoever copies the example has a lab that works."""
    report = graded(lab, SOLUTION)
    told = [english(each.message) for exercise in report.exercises for each in exercise.checks if not each.earned]

    assert told == []
    assert report.score is not None
    assert report.score.earned == 12


def test_each_of_them_refuses_what_is_wrong_and_says_where(lab: Grader) -> None:
    """Tables by column and row, objects by their type, errors by their kind."""
    source = FORGED + SOLUTION
    for right, wrong in WRONG:
        source = source.replace(right, wrong)
    report = graded(lab, source)
    told = " ".join(english(each.message) for exercise in report.exercises for each in exercise.checks)

    assert [words for words in WRONG.values() if words not in told] == []
    assert report.score is not None
    assert report.score.earned in range(5)
