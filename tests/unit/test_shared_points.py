"""Answers of several named parts: which of them earn their share of the points, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grader.course.assignment import Check, Exercise
from grader.judging import Solutions, Subject, examine, prepare
from grader.judging.inputs import examples
from grader.judging.rules import Agrees, AgreesIn, Rule
from grader.lab import named_parts
from grader.report.report import CheckResult, Verdict
from grader.wall.protocol import Answer, Call, Question, Raised, Returned, StudentError
from grader.wall.values import freeze, thaw
from tests.english import spoken

PAIR, NAMED, INNER = (
    Agrees(parts=("dw", "db")),
    Agrees(each_entry=True),
    named_parts("dw", "db", of=lambda answer: answer[0]),
)


def judged(reference: Callable[..., Any], rule: Rule, answer: Callable[..., Any], *, points: int = 10) -> CheckResult:
    """A check of what `answer` gives for 1, 2 and 3."""
    check = Check(
        id="both", title="Both", points=points, question=examples((1,), (2,), (3,)), rule=rule, passed="", failed="No."
    )
    exercise = Exercise(id="f", title="F", target="f", checks=(check,))

    def ask(asked: Sequence[Question]) -> list[Answer]:
        return [answered(question, answer) for question in asked]

    return examine(exercise, prepare(exercise, Solutions(reference=reference), 0), Subject(target="f"), ask).checks[0]


def answered(question: Question, answer: Callable[..., Any]) -> Answer:
    """What the room would send."""
    assert isinstance(question, Call)
    try:
        value = freeze(answer(*map(thaw, question.args)))
    except ZeroDivisionError as error:
        return Raised(id=question.id, error=StudentError(type="ZeroDivisionError", text=str(error)))
    return Returned(id=question.id, value=value, arguments=question.args)


def pair(x: int) -> Any:
    """Two parts, named by the rule."""
    return 2 * x, x + 1


def entries(x: int) -> Any:
    """Two parts that name themselves."""
    return {"dw": 2 * x, "db": x + 1}


@pytest.mark.parametrize(
    ("reference", "rule", "answer", "points", "earned"),
    [
        pytest.param(pair, PAIR, lambda x: (2 * x, 0), 10, 5, id="one of two"),
        pytest.param(pair, PAIR, lambda x: (2 * x, 0), 5, 2, id="in whole points, rounded down"),
        pytest.param(pair, PAIR, lambda x: (2 * x, 0), 1, 0, id="less than a point"),
        pytest.param(pair, PAIR, lambda x: (2 * x if x == 1 else 0, x + 1 if x == 2 else 0), 10, 0, id="each at times"),
        pytest.param(pair, PAIR, lambda x: (x + 1, 2 * x), 10, 0, id="exchanged"),
        pytest.param(pair, PAIR, lambda x: 2 * x, 10, 0, id="another form"),
        pytest.param(pair, PAIR, lambda x: (2 * x, 0) if x < 3 else None, 10, 0, id="another form at times"),
        pytest.param(pair, PAIR, lambda x: (2 * x, 6 // (3 - x)), 10, 0, id="raises at times"),
        pytest.param(pair, Agrees(), lambda x: (2 * x, 0), 10, 0, id="parts without names"),
        pytest.param(entries, NAMED, lambda x: {"dw": 2 * x, "db": 0}, 10, 5, id="an entry"),
        pytest.param(entries, Agrees(), lambda x: {"dw": 2 * x, "db": 0}, 10, 0, id="an entry of data"),
        pytest.param(entries, NAMED, lambda x: {"dw": 2 * x}, 10, 5, id="an entry is missing"),
        pytest.param(entries, NAMED, lambda x: {"W": 2 * x, "db": x + 1}, 10, 0, id="an entry has another name"),
        pytest.param(entries, NAMED, lambda _: {}, 10, 0, id="no entry"),
        pytest.param(lambda x: (entries(x), 0), INNER, lambda x: ({"dw": 2 * x}, 1), 10, 5, id="entries of a part"),
        pytest.param(lambda x: (entries(x), 0), INNER, lambda x: (2 * x, 0), 10, 0, id="no entries in the part"),
        pytest.param(pair, AgreesIn(part=lambda both: both[0]), lambda x: (2 * x, 0), 10, 10, id="one part is asked"),
    ],
)
def test_what_is_right_in_every_answer_earns_its_share(
    reference: Callable[..., Any], rule: Rule, answer: Callable[..., Any], points: int, earned: int
) -> None:
    """dW right, db wrong: half of the points, and never more than the lab can name."""
    result = judged(reference, rule, answer, points=points)
    partial = Verdict.PARTIAL if 0 < earned < points else Verdict.PASSED if earned else Verdict.FAILED
    assert (result.earned, result.verdict) == (earned, partial)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(lambda x: (2 * x, 0), "No. Entry 'db': The number differs. Right: 'dw'.", id="one"),
        pytest.param(
            lambda x: (2 * x if x < 3 else 0, 0),
            "No. Entry 'db': The number differs. Wrong with other inputs: 'dw'.",
            id="another at times",
        ),
    ],
)
def test_no_part_is_called_right_that_is_wrong_in_another_answer(answer: Callable[..., Any], sentence: str) -> None:
    """What is said agrees with what is earned, of which the call that is shown is one part."""
    assert spoken(judged(pair, PAIR, answer).message) == sentence


def test_a_missing_entry_is_named_beside_the_right_ones() -> None:
    """Nobody has to look for a mistake in what is there."""
    assert spoken(judged(entries, NAMED, lambda x: {"dw": 2 * x}).message) == (
        "No. The dictionary has no key 'db'. Right: 'dw'."
    )
