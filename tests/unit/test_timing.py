"""The rule on time: which readings are a failure, which are doubtful, and what is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from grader.grading.timings import TURNS, Timings
from grader.judging.question import Reaction
from grader.judging.timing import Bounded, TimedRan, TimedRun
from grader.lab import check, examples, function
from grader.report.report import Verdict
from grader.wall.protocol import Answer, Call, Question, Raised, Returned, StudentError
from tests.english import spoken

RULE = Bounded(times=10)


def fault_of(answer: Answer, expected: float = 1.0) -> Any:
    """What is wrong with it."""
    return RULE.fault(Reaction(args=(), expected=expected, answer=answer, seen=answer))


def ran(seconds: float | None, reference: float | None = 0.01, journey: float | None = 0.0) -> TimedRan:
    """An answer that is right and took so long."""
    return TimedRan(id=0, value=1.0, seconds=seconds, reference=reference, journey=journey)


@pytest.mark.parametrize(
    ("answer", "is_wrong"),
    [
        pytest.param(ran(0.09), False, id="within"),
        pytest.param(ran(0.14), False, id="doubtful"),
        pytest.param(ran(0.16), True, id="beyond"),
        pytest.param(ran(0.16, journey=0.009), True, id="most of the reference's time was the journey"),
        pytest.param(ran(0.004, reference=0.0), False, id="a reference of no time"),
        pytest.param(ran(1.2, reference=1.0, journey=0.99), True, id="both of them mostly a journey"),
    ],
)
def test_only_what_is_certainly_too_long_is_a_failure(answer: TimedRan, is_wrong: bool) -> None:
    """Ten times the reference's time is allowed here, and half as much again is doubtful."""
    fault = fault_of(answer)

    assert (fault is not None) is is_wrong
    assert not is_wrong or spoken(fault.detail) == "It took more than 10 times as long as it takes the reference."


@pytest.mark.parametrize("answer", [ran(None), ran(0.1, None), ran(0.1, 0.1, None), Returned(id=0, value=1.0)])
def test_without_a_reading_nothing_is_graded(answer: Answer) -> None:
    """No evidence is no pass, and our failure no zero."""
    assert fault_of(answer).verdict is Verdict.NOT_GRADED


def test_a_wrong_answer_is_wrong_however_soon_it_came() -> None:
    """The value counts first."""
    assert fault_of(ran(0.0), expected=2.0).verdict is Verdict.FAILED


class Clocked:
    """A room that takes the times that it is told, one after the other, the last one for ever."""

    def __init__(self, *takes: float, raises: bool = False) -> None:
        self.takes = list(takes)
        self.raises = raises
        self.computed = 0.0
        self.asked = 0

    def ask(self, questions: Sequence[Any]) -> list[Answer]:
        self.asked += len(questions)
        self.computed += self.takes.pop(0) if len(self.takes) > 1 else self.takes[0]
        if self.raises:
            return [Raised(id=0, error=StudentError(type="ValueError", text=""))]
        return [Returned(id=0, value=1.0) for _ in questions]

    def pass_back(self, args: object, value: object) -> None:
        """Takes no time."""


def timed(student: Clocked, reference: Clocked) -> Answer:
    """What comes of a question to that student's room beside that of the reference."""

    @contextmanager
    def opened() -> Iterator[Any]:
        yield reference

    timings = Timings(ask=student.ask, computed=lambda: student.computed, reference=opened)
    call = Call(id=0, target="f", args=())
    (answer,) = timings.answers([TimedRun(id=0, target="f", asked=call, args=(), times=10)])
    return answer


@pytest.mark.parametrize(
    ("takes", "turns", "is_too_long"),
    [
        pytest.param((0.05,), 1, False, id="at once"),
        pytest.param((0.9, 0.05), 2, False, id="once warm"),
        pytest.param((0.9,), TURNS, True, id="each time"),
        pytest.param((5.0,), 1, True, id="so long that it is not asked again"),
    ],
)
def test_what_took_too_long_is_asked_again(takes: tuple[float, ...], turns: int, is_too_long: bool) -> None:
    """The best of several turns counts; a room has no more time than its limits give."""
    student = Clocked(*takes)
    answer = timed(student, Clocked(0.5, 0.01))

    assert isinstance(answer, TimedRan)
    assert (student.asked, answer.is_too_long(10)) == (turns, is_too_long)


def test_what_raises_is_no_matter_of_time() -> None:
    """It is told as ever."""
    assert isinstance(timed(Clocked(0.1, raises=True), Clocked(0.01)), Raised)


def test_other_questions_pass_through() -> None:
    """Where no time counts, no reference is asked."""
    room = Clocked(0.1)
    timings = Timings(ask=room.ask, computed=lambda: None, reference=lambda: pytest.fail("it was opened"))
    question: Question = Call(id=0, target="f", args=())

    assert [type(each) for each in timings.answers([question])] == [Returned]


def test_the_rule_agrees_with_the_reference_first() -> None:
    """It is written as any other."""
    exercise = function("f", "F").checks(check("fast", "Fast", 1, examples((1,)), Bounded(times=3)))
    assert exercise.checks[0].rule.timed == 3
