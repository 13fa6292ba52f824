"""Other seeds in one room: what is asked, and which results belong to which seed."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from grader.authoring.proof.redrawn import redrawn, seeds_apart
from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.judging.inputs import Drawn, calls, examples
from grader.judging.rules import Agrees
from grader.messages import prose
from grader.report.report import CheckResult, Verdict


def check(name: str, *needs: str, drawn: bool) -> Check:
    inputs = calls(st.integers(0, 10**6), count=5) if drawn else examples((np.zeros(2),))
    return Check(id=name, title=name, points=5, question=inputs, rule=Agrees(), needs=needs, passed="", failed="")


EXERCISE = Exercise(
    id="double",
    title="Double",
    target="double",
    checks=(
        check("first", drawn=True),
        check("fixed", "first", drawn=False),
        check("last", "fixed", drawn=True),
        check("alone", drawn=False),
    ),
)
LAB = Assignment(id="lab", title="Lab", version="1", exercises=(EXERCISE,))


def asked() -> tuple[Check, ...]:
    (exercise,) = redrawn(LAB, (7, 8)).exercises
    assert isinstance(exercise, Exercise)
    return exercise.checks


def judged(check: Check) -> CheckResult:
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.PASSED,
        earned=5,
        possible=5,
        visibility=Visibility.VISIBLE,
        message=prose("Right."),
    )


def test_what_is_drawn_is_asked_once_for_each_seed_and_what_is_fixed_only_if_it_is_needed() -> None:
    """A fixed example has the same answer whatever the seed."""
    assert [each.id for each in asked()] == ["first@7", "first@8", "fixed", "last@7", "last@8"]


def test_a_check_needs_the_draw_of_its_own_seed() -> None:
    """Also where the two are joined by a fixed one, which belongs to no seed and so needs none."""
    assert {each.id: each.needs for each in asked()} == {
        "first@7": (),
        "first@8": (),
        "fixed": (),
        "last@7": ("first@7", "fixed"),
        "last@8": ("first@8", "fixed"),
    }


def test_each_copy_draws_what_the_assignment_would_with_that_seed() -> None:
    """Whatever the seed of the answer key is."""
    of_seven, *_ = asked()
    (original, *_) = EXERCISE.checks

    assert isinstance(of_seven.question, Drawn)
    assert isinstance(original.question, Drawn)
    first, second = of_seven.question, original.question
    assert first.draw(0) == first.draw(1) == second.draw(7) != second.draw(8)


def test_results_are_told_apart_by_seed_and_go_by_the_names_of_the_assignment() -> None:
    """What was fixed is nobody's: it was judged with the assignment's own inputs."""
    results = [judged(each) for each in asked()]
    assert [(seed, [each.id for each in mine]) for seed, mine in seeds_apart(results, (7, 8))] == [
        (7, ["first", "last"]),
        (8, ["first", "last"]),
    ]
