"""What judging again would change, from two reports of each submission."""

from __future__ import annotations

import pytest

from grader.classes.differences import Pair, differences, direction
from grader.messages import prose
from grader.report.differences import Direction, LeftAsItIs
from grader.report.marking import Given, marked
from grader.report.report import AssignmentReference, Report, Score, Status
from tests.unit.classes import BROKEN, work

LAB = AssignmentReference(id="lab", title="A lab", version="2")


def pair(who: str, before: Report, now: Report) -> Pair:
    return Pair(who=who, before=before, now=now, report_before=f"{who}/before.json", report_now=f"{who}/now.json")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((5, 10), (6, 10), Direction.GAINS),
        ((5, 10), (4, 10), Direction.LOSES),
        ((5, 10), (5, 10), Direction.SAME),
        ((5, 10), (10, 20), Direction.SAME),
        ((5, 10), (9, 20), Direction.LOSES),
        ((0, 0), (0, 0), Direction.SAME),
        ((None, 10), (0, 10), Direction.GRADED),
        ((5, 10), (None, 10), Direction.NOT_GRADED),
        ((None, 10), (None, 10), Direction.SAME),
    ],
    ids=str,
)
def test_scores_are_compared_as_shares_of_what_is_possible(
    before: tuple[int | None, int], now: tuple[int | None, int], expected: Direction
) -> None:
    """Ten of twenty is no gain over five of ten, and what nobody graded is no zero."""
    one, other = (Score(earned=earned, possible=possible, percent=None) for earned, possible in (before, now))
    assert direction(one, other) is expected


def test_each_line_names_both_reports_and_who_gains_comes_first() -> None:
    """Gains, losses, then what only reads otherwise."""
    reworded = work(30, 20).model_copy(update={"notices": (prose("Said."),)})
    found = differences(
        LAB,
        [
            pair("ada", work(30, 20), reworded),
            pair("ben", work(30, 20), work(30, 10)),
            pair("cem", work(0, 20), work(30, 20)),
            pair("dot", work(30, 20), work(30, 20)),
        ],
    )
    lines = [(each.who, each.direction.value, each.report_before, each.report_now) for each in found.works]

    assert lines == [
        ("cem", "gains", "cem/before.json", "cem/now.json"),
        ("ben", "loses", "ben/before.json", "ben/now.json"),
        ("ada", "same", "ada/before.json", "ada/now.json"),
    ]
    assert found.unchanged == 1
    assert [check.id for check in found.works[0].exercises[0].checks] == ["check0", "check1", "check2"]


def test_exercises_and_the_distribution_move() -> None:
    """Who gains and loses where, the mean of both, and how many stand where."""
    found = differences(
        LAB,
        [pair("ada", work(0, 20), work(30, 20)), pair("ben", work(30, 0), work(20, 0)), pair("cem", BROKEN, BROKEN)],
    )
    double, halve, *_ = found.exercises

    assert (double.gains, double.loses, double.same) == (1, 1, 1)
    assert (double.mean_before, double.mean_now) == (0.667, 0.889)
    assert (halve.gains, halve.loses) == (0, 0)
    assert (found.before.graded, found.before.mean, found.now.mean) == (2, 50.0, 70.0)
    assert (found.before.histogram[4], found.now.histogram[10]) == (1, 1)


def test_a_mark_stays_and_is_named_where_the_machine_says_otherwise() -> None:
    """A person's points are nobody's gain or loss."""
    given = {"double": Given(points=15)}
    found = differences(LAB, [pair("ada", marked(work(0, 20), given), marked(work(30, 20), given))])

    assert found.works[0].direction is Direction.SAME
    (moved,) = found.works[0].exercises
    assert moved.before is not None
    assert moved.now is not None
    assert (moved.mark, moved.before.earned, moved.now.earned) == (15, 0, 30)


def test_what_could_not_be_judged_again_is_told_apart() -> None:
    """It is in no figure."""
    left = LeftAsItIs(who="eve", reason=prose("Its file is gone."))
    found = differences(LAB, [], left=[left])
    assert (found.left, found.works, found.before.graded) == ((left,), (), 0)
    assert BROKEN.status is Status.NOT_GRADED
