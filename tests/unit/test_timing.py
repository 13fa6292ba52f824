"""The rule on time: which readings are a failure, which are doubtful, and what is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from grader.grading.timings import TURNS, Timings
from grader.judging.question import Args, Reaction
from grader.judging.timing import Bounded, Put, TimedRan, TimedRun
from grader.lab import check, examples, function
from grader.report.report import Verdict
from grader.wall.protocol import Answer, Call, Ended, Leave, Raised, Returned, StudentError
from grader.wall.sandbox.endings import FORGED
from grader.wall.values import array
from tests.english import spoken

RULE = Bounded(times=10)
SMALL: Args = (array(np.zeros(10)),)
LARGE: Args = (array(np.zeros(100)),)
CALL = Call(id=0, target="f", args=LARGE)
LEFT = Leave(answered=1)


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
    """Rooms of one side: the first answer of each takes the time told for it, the last one for ever, and every further
    answer of the same room `warm` seconds."""

    def __init__(self, *takes: float, warm: float = 0.0, raises: bool = False, leaves: Leave | Ended = LEFT) -> None:
        self.takes = list(takes)
        self.warm = warm
        self.raises = raises
        self.leaves = leaves
        self.computed = 0.0
        self.asked: list[int] = []  # by room, how much

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """One more room."""
        self.asked.append(0)
        yield self

    def ask(self, questions: Sequence[Any]) -> list[Answer]:
        cold = self.asked[-1] == 0
        self.asked[-1] += len(questions)
        self.computed += (self.takes.pop(0) if len(self.takes) > 1 else self.takes[0]) if cold else self.warm
        if self.raises:
            return [Raised(id=0, error=StudentError(type="ValueError", text=""))]
        return [Returned(id=0, value=1.0) for _ in questions]

    def pass_back(self, args: object, value: object) -> None:
        """Takes no time."""

    def leave(self) -> Leave | Ended:
        return self.leaves


def timed(student: Clocked, reference: Clocked, *, others: tuple[Put, ...] = ()) -> Answer:
    """What comes of a question to that student's rooms beside those of the reference."""
    timings = Timings(
        ask=lambda _: pytest.fail("the room of the other answers was asked"),
        alone=student.opened,
        heard=lambda _, answer: answer,
        reference=reference.opened,
    )
    (answer,) = timings.answers([TimedRun(id=0, target="f", asked=CALL, args=LARGE, times=10, others=others)])
    return answer


@pytest.mark.parametrize(
    ("takes", "turns", "is_too_long"),
    [
        pytest.param((0.05,), 1, False, id="at once"),
        pytest.param((0.9, 0.05), 2, False, id="when the machine was less busy"),
        pytest.param((0.9,), TURNS, True, id="each time"),
        pytest.param((5.0,), 1, True, id="so long that it is not asked again"),
    ],
)
def test_what_took_too_long_is_asked_again(takes: tuple[float, ...], turns: int, is_too_long: bool) -> None:
    """The best of several turns counts; a room has no more time than its limits give."""
    student = Clocked(*takes)
    answer = timed(student, Clocked(0.5, 0.01))

    assert isinstance(answer, TimedRan)
    assert (len(student.asked), answer.is_too_long(10)) == (turns, is_too_long)


def test_no_room_is_asked_the_same_twice() -> None:
    """What remembers its answers would need no time for the second one, on either side."""
    student, reference = Clocked(0.9, warm=0.0), Clocked(0.01, warm=0.0)
    answer = timed(student, reference)

    assert isinstance(answer, TimedRan)
    assert answer.is_too_long(10)
    assert {*student.asked, *reference.asked} == {1}


def test_a_room_is_warmed_with_what_is_much_smaller() -> None:
    """What only the first call takes, as an import within it, is no fault, and none of the reference's merits."""
    student, reference = Clocked(0.9, warm=0.05), Clocked(0.3, 0.3, 0.01, warm=0.01)
    small = Put(asked=Call(id=1, target="f", args=SMALL), args=SMALL)
    answer = timed(student, reference, others=(small,))

    assert isinstance(answer, TimedRan)
    assert (student.asked, answer.seconds, answer.is_too_long(10)) == ([1], 0.9, False)
    answer = timed(student := Clocked(0.9, warm=0.05), Clocked(0.01, warm=0.01), others=(small,))
    assert isinstance(answer, TimedRan)
    assert (student.asked, answer.is_too_long(10)) == ([1, 2], False)


@pytest.mark.parametrize(
    ("small", "large", "warms"),
    [
        pytest.param(SMALL, LARGE, True, id="a tenth of it"),
        pytest.param((array(np.zeros(11)),), LARGE, False, id="more than a tenth"),
        pytest.param((10,), (10**6,), False, id="of a number nobody knows what it costs"),
        pytest.param(([0.5] * 5, 7), (*LARGE, 5), False, id="few entries and a larger number"),
        pytest.param(([0.5] * 5, -2), (*LARGE, 5), True, id="few entries and a smaller number"),
        pytest.param(SMALL, (*LARGE, 5), False, id="other arguments"),
        pytest.param(([1.0] * 10,), ([1.0] * 100,), True, id="lists"),
        pytest.param(({"a": "x"},), ({"a": "x" * 10},), True, id="texts in a dictionary"),
    ],
)
def test_what_a_room_is_warmed_with_pays_for_nothing(small: Args, large: Args, warms: bool) -> None:
    """A table made for it would serve the call whose time counts; so it has no more than a tenth of its entries."""
    other = Put(asked=Call(id=1, target="f", args=small), args=small)
    run = TimedRun(id=0, target="f", asked=CALL, args=large, times=10, others=(other,))
    assert run.much_smaller == (other if warms else None)


def test_what_raises_is_no_matter_of_time() -> None:
    """It is told as ever."""
    assert isinstance(timed(Clocked(0.1, raises=True), Clocked(0.01)), Raised)


def test_an_answer_of_a_room_that_said_more_than_it_was_asked_is_none() -> None:
    """An answer prepared beforehand takes no time: it leaves one too many behind."""
    assert timed(Clocked(0.0, leaves=FORGED), Clocked(0.01)) == FORGED


def test_other_questions_pass_through() -> None:
    """Where no time counts, no other room is opened."""
    timings = Timings(
        ask=lambda questions: [Returned(id=each.id, value=1.0) for each in questions],
        alone=lambda: pytest.fail("a room was opened"),
        heard=lambda _, answer: answer,
        reference=lambda: pytest.fail("a reference room was opened"),
    )
    assert [type(each) for each in timings.answers([CALL])] == [Returned]


def test_the_rule_agrees_with_the_reference_first() -> None:
    """It is written as any other."""
    exercise = function("f", "F").checks(check("fast", "Fast", 1, examples((1,)), Bounded(times=3)))
    assert exercise.checks[0].rule.timed == 3
