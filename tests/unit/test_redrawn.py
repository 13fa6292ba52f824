"""Other seeds in one room: what is asked, and which results belong to which seed."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from grader.assignment import Assignment, Visibility
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples
from grader.quality.redrawn import redrawn, seeds_apart
from grader.report import CheckResult, Verdict


def check(name: str, *needs: str, drawn: bool) -> FunctionCheck:
    inputs = calls(st.integers(0, 10**6), count=5) if drawn else examples((np.zeros(2),))
    return FunctionCheck(id=name, title=name, points=5, inputs=inputs, needs=needs, passed="Right.", failed="Wrong.")


EXERCISE = FunctionExercise(
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


def asked() -> tuple[FunctionCheck, ...]:
    (exercise,) = redrawn(LAB, (7, 8)).exercises
    assert isinstance(exercise, FunctionExercise)
    return exercise.checks


def judged(check: FunctionCheck) -> CheckResult:
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.PASSED,
        earned=5,
        possible=5,
        visibility=Visibility.VISIBLE,
        message="Right.",
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

    assert isinstance(of_seven.inputs, Drawn)
    assert of_seven.inputs.draw(0) == of_seven.inputs.draw(1) == original.inputs.draw(7) != original.inputs.draw(8)


def test_results_are_told_apart_by_seed_and_go_by_the_names_of_the_assignment() -> None:
    """What was fixed is nobody's: it was judged with the assignment's own inputs."""
    results = [judged(each) for each in asked()]
    assert [(seed, [each.id for each in mine]) for seed, mine in seeds_apart(results, (7, 8))] == [
        (7, ["first", "last"]),
        (8, ["first", "last"]),
    ]
