"""Bounds on code of the course: what takes too long over an answer is no verdict on it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from grader.judging.bounds import OutOfTime, at_most
from grader.judging.question import Reaction
from grader.judging.rules import Agrees, AgreesIn, Holds, HoldsOfAll, Rule
from grader.wall.protocol import Returned
from grader.wall.values import freeze


def never(*_: object) -> bool:
    """A claim that does not come to an end, as a search whose length a student's number decides."""
    while True:
        pass


RULES: list[tuple[str, Callable[[], Rule]]] = [
    ("a reading", lambda: Agrees(reading=never)),
    ("a part", lambda: AgreesIn(part=lambda value: never() if value[0] else value)),
    ("a claim", lambda: Holds(claim=never)),
    ("a claim of all", lambda: HoldsOfAll(claim=never)),
]


@pytest.mark.parametrize("rule", [pytest.param(make(), id=name) for name, make in RULES])
def test_code_of_the_course_that_does_not_end_is_no_verdict(rule: Rule) -> None:
    """It is neither a right answer nor a wrong one: nobody knows, and the instructor is told."""
    answer = Returned(id=0, value=freeze(np.array([1.0])))
    reaction = Reaction(args=(), expected=freeze(np.array([0.0])), answer=answer, seen=answer)
    with at_most(seconds=0.05), pytest.raises(OutOfTime):  # the bound around it goes first
        rule.fault(reaction)


def test_where_no_signal_is_heard_nothing_is_bounded() -> None:
    """A thread that judges goes on as before."""
    seen: list[bool] = []

    def judge() -> None:
        with at_most():
            seen.append(True)

    thread = threading.Thread(target=judge)
    thread.start()
    thread.join()

    assert seen == [True]
