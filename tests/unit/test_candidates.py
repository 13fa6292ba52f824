"""Several answers to one exercise: which counts, how many are judged, what is said. Judging is a table here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.grading.candidates import better_of
from grader.grading.session import Session
from grader.notebook.submission import Plan
from grader.report.report import Verdict
from tests.english import all_spoken
from tests.exercises import SOFTMAX, plan
from tests.notebooks import code
from tests.unit.reports import check

ANSWER = "def my_softmax(z):\n    return z + {}"
MARKED = "# GRADED CELL: my_softmax\n"


def session(passed: int) -> Session:
    """A session of two checks, so many of them passed."""
    checks = tuple(check(name, Verdict.PASSED if n < passed else Verdict.FAILED) for n, name in enumerate("ab"))
    return Session(checks=checks, notices=(), printed="", name_missing=False)


def handed_in(*marks: str) -> Plan:
    """The plan that goes first, of a notebook with so many answers, each other than the rest."""
    return plan(SOFTMAX, *(code(mark + ANSWER.format(number)) for number, mark in enumerate(marks)))


def judged(first: Plan, does: Mapping[int, int]) -> tuple[int, list[int], tuple[str, ...]]:
    """Which cell counts, which were judged, and what is said, if each cell does as the table says."""
    asked: list[int] = []

    def judge(each: Plan) -> tuple[Session, Plan]:
        asked.append(each.cell)
        return session(does[each.cell]), each

    best, graded = better_of(first, judge)
    return graded.cell, asked, all_spoken(best.notices)


IN_TWO = "`my_softmax` is defined in cells 1 and 2; "
NO_BETTER = " Others were judged as well and do no better."
CASES = [
    pytest.param((MARKED, ""), {1: 2}, 1, [1], "cell 1 was graded: it is the marked one.", id="full"),
    pytest.param((MARKED, ""), {1: 1, 2: 2}, 2, [1, 2], "cell 2 was graded: it does better.", id="better"),
    pytest.param(
        (MARKED, ""), {1: 1, 2: 1}, 1, [1, 2], "cell 1 was graded: it is the marked one." + NO_BETTER, id="equal"
    ),
    pytest.param(("", ""), {1: 2, 2: 0}, 1, [2, 1], "cell 1 was graded: it does better.", id="no marks"),
    pytest.param(("", ""), {2: 2}, 2, [2], "cell 2 was graded: it is the last one.", id="the last is right"),
]


@pytest.mark.parametrize(("marks", "does", "counts", "asked", "says"), CASES)
def test_the_better_of_two_answers_counts_and_the_note_is_true(
    marks: tuple[str, ...], does: dict[int, int], counts: int, asked: list[int], says: str
) -> None:
    """The first counts unless another does better, and no other is judged where it does everything."""
    assert judged(handed_in(*marks), does) == (counts, asked, (IN_TWO + says,))


def test_no_more_than_three_answers_are_judged_and_that_is_said() -> None:
    """Whoever hands in a hundred guesses gets three of them judged."""
    counts, asked, (note,) = judged(handed_in(*[""] * 100), dict.fromkeys(range(1, 101), 0))

    assert (counts, asked) == (100, [100, 99, 98])
    assert note == (
        "`my_softmax` is defined in cells 1, 2, 97 others and 100; cell 100 was graded: it is the last one."
        f"{NO_BETTER} Of several answers to one exercise, at most 3 are judged."
    )


def test_two_answers_in_one_cell_are_told_apart_by_their_lines() -> None:
    """The number of the cell would not say which."""
    first = plan(SOFTMAX, code(f"{ANSWER.format(1)}\n{ANSWER.format(2)}"))

    *_, notes = judged(first, {1: 2})
    assert notes == ("`my_softmax` is defined 2 times (cell 1); line 3 of cell 1 was graded: it is the last one.",)


def test_nothing_is_said_where_there_is_one_answer() -> None:
    """No choice, no note."""
    assert judged(handed_in(""), {1: 0}) == (1, [1], ())
