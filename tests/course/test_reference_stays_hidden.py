"""No line of a reference solution stands in anything that a student may read of an assignment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.course.mistakes import read_mistakes

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
ENGLISH = ROOT / "grader" / "messages" / "catalogues" / "en.po"
#: what is said of any lab
HINTS = [entry.msgstr for entry in polib.pofile(str(ENGLISH)) if entry.msgid.startswith("hint_")]
#: shorter lines, such as `return z`, are nobody's secret
LEAST = 14


def lines_of(path: Path) -> set[str]:
    """The lines of all function bodies of a script, without blanks, documentation and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    statements = (ast.unparse(part) for body in bodies for part in body.body if not isinstance(part, ast.Expr))
    lines = (_bare(line) for statement in statements for line in statement.splitlines())
    return {line for line in lines if len(line) >= LEAST}


def words_of(assignment: Assignment) -> Iterator[str]:
    """All that reports may say of it: titles, sentences and hints, those of its wrong solutions, and those of all."""
    for exercise in assignment.exercises:
        yield exercise.title
        for check in exercise.checks:
            yield from filter(None, (check.title, check.passed, check.failed, check.hint))
        yield from (remark.text for remark in exercise.remarks)
    yield from (wrong.hint for wrong in read_mistakes(COURSE, assignment))
    yield from HINTS


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", COURSE.ids)
def test_no_word_to_a_student_is_a_line_of_the_reference(name: str) -> None:
    """A hint asks and points; it does not hand out the answer."""
    lines = lines_of(COURSE.solution(name))
    said = [_bare(text) for text in words_of(COURSE.assignment(name))]

    assert [(line, text) for line in lines for text in said if line in text] == []


def test_the_reference_is_looked_through() -> None:
    """Were no line found, the test on them would hold of nothing."""
    assert sum(len(lines_of(COURSE.solution(name))) for name in COURSE.ids) > 50
