"""Answers in prose: the lab that assignments/README.md shows for them, graded as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.messages import english
from grader.report.report import ExerciseResult
from grader.wall.sandbox import Sandbox
from tests.notebooks import CellNode, code, markdown, notebook

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Answers in prose")[2].partition("\n## ")[0]
LAB = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
SOLUTION = 'why = "It is monotone, and it has a bound, so there is a limit."\n'
ASKS = markdown("## Why\n\n**Why does it converge?**")
RIGHT = "It grows, *monotonic* as it is,\nand never beyond a Bound."


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    """The lab of the guide, with its reference."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in (("assignments/prose/assignment.py", LAB), ("reference/prose/solution.py", SOLUTION)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment("prose"), sandbox=sandbox) as grader:
        yield grader


def graded(lab: Grader, *cells: CellNode) -> ExerciseResult:
    """What comes of a notebook with these cells."""
    (result,) = lab.grade("a.ipynb", notebook(*cells)).exercises
    return result


@pytest.mark.parametrize(
    ("answer", "earned", "words"),
    [
        (RIGHT, 6, ""),
        ("It is inbound, bounded and 单调, and does not leap.", 2, "Of 2 terms that belong to an answer it names 0."),
        ("It has a bound, and that is really all of it.", 4, "Of 2 terms that belong to an answer it names 1."),
        ("monotone bound", 0, "It has 2 words; 8 or more were asked for."),
        ("因为它单调且有 bound。", 4, "Of 2 terms that belong to an answer it names 1."),
        ("", 0, "`why` is not answered yet"),
        ("x" * 10_001, 0, "`why` is a text of more than 10000 characters."),
        ("'''\n)\nraise SystemExit\n'''\n<script>1</script> \\", 0, "It has 5 words"),
        ("%matplotlib inline\n!rm -rf x\n" + RIGHT, 6, ""),
    ],
    ids=["right", "longer words", "one term", "short", "Chinese", "empty", "giant", "code", "magics"],
)
def test_a_text_earns_by_its_length_and_its_terms(lab: Grader, answer: str, earned: int, words: str) -> None:
    """What it holds is text, whatever it looks like: nothing of it runs."""
    result = graded(lab, ASKS, markdown(answer), code("x = 1"))
    told = " ".join(english(each.message) for each in result.checks if each.earned != each.possible)

    assert result.earned == earned
    assert words in told


@pytest.mark.parametrize(
    "cells",
    [(markdown(RIGHT),), (ASKS,), (ASKS, code("pass"), markdown(RIGHT))],
    ids=["nobody asks", "nothing below", "code below"],
)
def test_a_text_that_is_not_found_is_missing_and_said_where_it_belongs(lab: Grader, cells: Any) -> None:
    """The line that asks has to be left as it is."""
    result = graded(lab, *cells)

    assert result.earned == 0
    assert "your answer is the cell below the one with the line '**Why does it converge?**'" in english(result.message)
