"""Assignments in Chinese: everything they say is translated, nothing else is, and numbers and code are the same.

Every assignment of the course has its `words.zh.toml`; a course of one's own need not.
"""

import re
from collections.abc import Iterator
from dataclasses import fields as dc_fields
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.assignment import Data, Exercise
from grader.course.folder import Course
from grader.course.mistakes import read_mistakes
from grader.course.words import read_words
from grader.errors import CourseError
from grader.judging import Rule
from grader.lab import (
    Aspect,
    Draft,
    Goal,
    TrainingData,
    choice,
    dense,
    examples,
    function,
    model,
    quiz,
    remark,
    right,
    trained,
    value,
    wrong,
)
from grader.messages.catalogue import stock

COURSE = Course(Path(__file__).parents[2])
#: fields whose text is no student's to read; any other field is, a new one as well
NAMES = {"id", "version", "runtime", "visibility", "target", "name", "right", "partial", "kind"}
NAMES |= {"aspects", "terms", "prompt", "rubric"}
#: what both languages write alike: code in backticks, numbers, and names that no plain word looks like
ALIKE = re.compile(r"`[^`]*`|-?\d+(?:[.,]\d+)*|\w*(?:[._]\w+|\d)\w*|[a-z]+[A-Z]\w*", re.ASCII)
LATIN = re.compile(r"[A-Za-z_]{2,}")
#: what Chinese typesetting does not do: punctuation of half the width, a letter or a digit without a blank
UNUSUAL = re.compile(
    r"[一-鿿]\s*[,;:?!.\"]|[,;:?!\"]\s*[一-鿿]|[一-鿿][A-Za-z0-9`(]|[A-Za-z0-9`)][一-鿿]|\([一-鿿]|[一-鿿]\)"
)
SPOKEN: dict[str, Any] = {"title": "A check", "points": 1, "passed": "Right.", "failed": "Wrong.", "hint": "Look."}
ZERO = examples((np.zeros(1),))
EXERCISES: dict[str, Exercise] = {
    "function": function("f", "A function", remarks=(remark("There is a shorter way.", ZERO, applies=bool),)).checks(
        Draft(id="c", question=ZERO, **SPOKEN),
    ),
    "model": model("m", "A model", features=1, layers=(dense(1),)).checks(
        Draft(id="c", rule=Aspect("activations", {"relu in output": "Not ReLU."}), **SPOKEN),
    ),
    "choice": quiz("answers", "A quiz").checks(
        replace(
            choice("c", "", 1, "How much is 1 + 1?").among(
                wrong("1", "That is one alone."), right("Two"), why="One and one."
            ),
            **SPOKEN,
        ),
    ),
    "variable": value("v", "A value").checks(Draft(id="c", **SPOKEN)),
    "training": trained(
        "t", "A training", data=lambda _: TrainingData(held=(np.zeros((1, 1)), np.zeros(1))), loss="mean_squared_error"
    ).checks(
        Draft(id="c", rule=Goal("computes", hints={"untrained": "Train it first."}), **SPOKEN),
    ),
}
#: what the exercises above say besides what is in `SPOKEN`
SAID = {
    "function": {"A function", "There is a shorter way."},
    "model": {"A model", "Not ReLU."},
    "choice": {"A quiz", "How much is 1 + 1?", "Two", "One and one.", "That is one alone."},
    "variable": {"A value"},
    "training": {"A training", "Train it first."},
}


def texts(part: Any) -> Iterator[str]:
    """Everything an assignment, or a part of one, says to a student; numbers alone need no translation."""
    fields = vars(part) if isinstance(part, Data) else {each.name: getattr(part, each.name) for each in dc_fields(part)}
    for field, found in fields.items():
        if isinstance(found, tuple | Data | Rule):
            inner = found if isinstance(found, tuple) else (found,)
            yield from (text for each in inner if isinstance(each, Data | Rule) for text in texts(each))
        elif field not in NAMES:
            said = found.values() if isinstance(found, dict) else [found]
            yield from (each for each in said if isinstance(each, str) and re.search("[A-Za-z]", each))


def translations(home: str, name: str) -> dict[str, str]:
    """The Chinese texts in one of an assignment's two folders, by their English."""
    return dict(read_words("zh", (COURSE.folder / home / name,)).course)


def both(name: str) -> list[tuple[str, str]]:
    """Every English text of an assignment with its Chinese."""
    return [*translations("assignments", name).items(), *translations("reference", name).items()]


@pytest.mark.parametrize("kind", EXERCISES)
def test_the_texts_of_every_kind_of_exercise_are_found(kind: str) -> None:
    """A kind, or a field, that this file overlooked would stay English."""
    spoken = {text for text in SPOKEN.values() if isinstance(text, str)}
    assert set(texts(EXERCISES[kind])) == spoken | SAID[kind]


@pytest.mark.parametrize("name", COURSE.ids)
def test_every_text_has_one_translation_and_none_is_left_over(name: str) -> None:
    """Whoever changes a sentence is told to change its translation; a hint that both folders give stands in one, and
    what a check says that its author left to the lab needs none."""
    assignment = COURSE.assignment(name)
    own = {*translations("assignments", name)}
    said = {text for text in texts(assignment) if text in own or text not in stock("zh")}
    hints = {wrong.hint for wrong in read_mistakes(COURSE, assignment)} - said
    course, reference = translations("assignments", name).keys(), translations("reference", name).keys()
    assert {"missing": (said - course) | (hints - reference), "left over": (course - said) | (reference - hints)} == {
        "missing": set(),
        "left over": set(),
    }


@pytest.mark.parametrize("name", COURSE.ids)
def test_numbers_and_names_are_the_same_in_both_languages(name: str) -> None:
    """A translation that asks for 15 units where 25 are meant would be worse than none."""

    def same(english: str, chinese: str) -> bool:
        asked, said = set(ALIKE.findall(english)), set(ALIKE.findall(chinese))
        words = {word.casefold() for word in LATIN.findall(chinese)}
        spelled_out = {"0", "1"}  # "zero" and "one" may be written as numbers
        return asked <= said <= asked | spelled_out and words <= {word.casefold() for word in LATIN.findall(english)}

    assert [pair for pair in both(name) if not same(*pair)] == []


@pytest.mark.parametrize("name", COURSE.ids)
def test_chinese_is_typeset_as_chinese_is(name: str) -> None:
    """Wide punctuation, a blank around Latin letters, and a full stop where the English has one."""

    def usual(english: str, chinese: str) -> bool:
        ends = english.endswith((".", "?", "!")), chinese.endswith(("。", "？", "！"))  # noqa: RUF001
        return UNUSUAL.search(chinese) is None and ends[0] == ends[1]

    assert [pair for pair in both(name) if not usual(*pair)] == []


def test_english_needs_no_file() -> None:
    """The language of the report itself."""
    assert COURSE.words("digits", "en").prose("Softmax in NumPy") == "Softmax in NumPy"


def test_a_folder_without_words_speaks_english(tmp_path: Path) -> None:
    """A course need not be translated to be graded with `--lang zh`."""
    assert read_words("zh", (tmp_path,)).prose("A title") == "A title"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param('"A" = ', "is no TOML", id="no TOML"),
        pytest.param('["A"]\nb = "c"', "not translated by a text", id="a table"),
        pytest.param("\udcff", "is not UTF-8", id="no UTF-8"),
        pytest.param('"A" = ' + "[" * 5_000, "is no TOML", id="nested too deep"),
    ],
)
def test_a_faulty_file_of_words_is_named(tmp_path: Path, content: str, fault: str) -> None:
    """An instructor reads which file, and what a line should look like."""
    (tmp_path / "words.zh.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CourseError, match=fault):
        read_words("zh", (tmp_path,))
