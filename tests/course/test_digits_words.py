"""The digits lab in Chinese: everything it says is translated, nothing else is, and numbers and code are the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.assignment import Assignment
from grader.checks.function import FunctionExercise
from grader.checks.model import ModelCheck
from grader.course import Course
from grader.errors import CourseError
from grader.reference import wrong_solutions
from grader.wording.course_words import read_words

COURSE = Course(Path(__file__).parents[2])
LAB = COURSE.assignment("digits")
CHINESE = dict(COURSE.words("digits", "zh").course)
#: what a translation keeps: numbers, shapes, names as Python writes them
KEPT = re.compile(r"`[^`]*`|\d+(?:,\d{3})*|[A-Za-z_]+[._][A-Za-z_]\w*")


def texts(assignment: Assignment) -> Iterator[str]:
    """Everything the assignment itself says to a student."""
    yield assignment.title
    for exercise in assignment.exercises:
        yield exercise.title
        for check in exercise.checks:
            yield from filter(None, (check.title, check.passed, check.failed, check.hint))
            yield from check.hints.values() if isinstance(check, ModelCheck) else ()
        yield from (remark.text for remark in exercise.remarks) if isinstance(exercise, FunctionExercise) else ()
    yield from (wrong.hint for wrong in wrong_solutions(COURSE, assignment))


def test_every_text_is_translated_and_no_translation_is_left_over() -> None:
    """Whoever changes a sentence is told to change its translation."""
    said = set(texts(LAB))
    assert (said - CHINESE.keys(), CHINESE.keys() - said) == (set(), set())


@pytest.mark.parametrize(("english", "chinese"), CHINESE.items())
def test_numbers_and_names_are_the_same_in_both_languages(english: str, chinese: str) -> None:
    """A translation that asks for 15 units where 25 are meant would be worse than none."""
    assert set(KEPT.findall(chinese)) <= set(KEPT.findall(english)) | {"1"}  # "one" may be written 1
    assert {kept for kept in KEPT.findall(english) if kept[0] != "1"} <= set(KEPT.findall(chinese))


def test_english_needs_no_file() -> None:
    """The language of the report itself."""
    assert COURSE.words("digits", "en").text("Softmax in NumPy") == "Softmax in NumPy"


def test_a_folder_without_words_speaks_english(tmp_path: Path) -> None:
    """A course need not be translated to be graded with `--lang zh`."""
    assert read_words("zh", (tmp_path,)).text("A title") == "A title"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param('"A" = ', "cannot be read", id="no TOML"),
        pytest.param('["A"]\nb = "c"', "not translated by a text", id="a table"),
        pytest.param("\udcff", "cannot be read", id="no UTF-8"),
    ],
)
def test_a_faulty_file_of_words_is_named(tmp_path: Path, content: str, fault: str) -> None:
    """An instructor reads which file, and what a line should look like."""
    (tmp_path / "words.zh.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CourseError, match=fault):
        read_words("zh", (tmp_path,))
