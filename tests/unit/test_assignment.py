"""Assignments as data: what adds up, and what an author is told when it does not."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.course.assignment import Assignment, Check, Exercise, Visibility
from tests.exercises import check as asked


def check(id: str = "c", points: Any = 1, **more: Any) -> Check:
    """A check with the given id and points."""
    return asked(id, points=points, **more)


def exercise(id: str = "e", target: str = "f", *checks: Check, **more: Any) -> Exercise:
    """An exercise of the given checks, or of one."""
    return Exercise(id=id, title="An exercise", target=target, checks=checks or (check(),), **more)


def assignment(*exercises: Exercise, **more: Any) -> Assignment:
    """An assignment of the given exercises."""
    return Assignment(**({"id": "lab", "title": "A lab", "version": "1", "exercises": exercises} | more))


def test_points_add_up() -> None:
    """Nobody writes a total down: it is the sum of the checks."""
    lab = assignment(exercise("a", "f", check("x", 2), check("y", 3)), exercise("b", "g", check("x", 5)))
    assert ([e.points for e in lab.exercises], lab.points) == ([5, 5], 10)


def test_what_is_not_said_has_a_careful_default() -> None:
    """Visible checks, the NumPy runtime, seed 0."""
    assert check().visibility is Visibility.VISIBLE
    assert (assignment(exercise()).runtime, assignment(exercise()).seed) == ("numpy", 0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda: check("Upper"), "should match pattern", id="id in capitals"),
        pytest.param(lambda: check("x" * 61), "at most 60 characters", id="long id"),
        pytest.param(lambda: check(points=-1), "greater than or equal to 0", id="negative points"),
        pytest.param(lambda: check(points=1.5), "valid integer", id="half points"),
        pytest.param(lambda: check(weight=2), "Extra inputs are not permitted", id="misspelt field"),
        pytest.param(lambda: check(visibility="secret"), "'visible', 'after_due'", id="unknown visibility"),
        pytest.param(lambda: exercise(target="a b"), "should match pattern", id="no Python name"),
        pytest.param(lambda: Exercise(id="e", title="", target="f", checks=()), "at least 1 item", id="no check in it"),
        pytest.param(
            lambda: exercise("e", "f", check("x"), check("x")),
            "exercise e: check id 'x' stands twice; each must be its own",
            id="check id twice",
        ),
        pytest.param(
            lambda: exercise("e", "f", check("x", needs=("y",)), check("y")),
            "exercise e, check x: needs y, which no earlier check is called",
            id="needs a later check",
        ),
        pytest.param(
            lambda: assignment(exercise("a", "f", depends_on=("b",)), exercise("b", "g", depends_on=("a",))),
            "exercise a: depends_on names b, which is the id of no earlier exercise. Correct the id in assignment.py, ",
            id="depends in a circle",
        ),
        pytest.param(
            lambda: assignment(exercise("a", "f", depends_on=("a",))),
            "depends_on names a, which is the id of no earlier exercise",
            id="depends on itself",
        ),
        pytest.param(
            lambda: assignment(exercise("a", "f"), exercise("b", "g", depends_on=("a", "a"))),
            "exercise b: depends_on 'a' stands twice; each must be its own",
            id="depends on one twice",
        ),
        pytest.param(
            lambda: exercise("e", "f", check("x", needs=("x",))),
            "exercise e, check x: needs x, which no earlier check is called",
            id="needs itself",
        ),
        pytest.param(
            lambda: exercise(
                "e", "f", check("x", visibility="hidden"), check("y", visibility="after_due", needs=("x",))
            ),
            "exercise e, check y: it is after_due and needs x, which students see later or never",
            id="needs a more secret check",
        ),
        pytest.param(assignment, "at least 1 item", id="no exercise in it"),
        pytest.param(
            lambda: assignment(exercise("e", "f"), exercise("e", "g")), "exercise id 'e' stands twice", id="id twice"
        ),
        pytest.param(
            lambda: assignment(exercise("a", "f"), exercise("b", "f")), "target 'f' stands twice", id="target twice"
        ),
        pytest.param(
            lambda: assignment(exercise("a", "f", markers=("C1",)), exercise("b", "g", markers=("C1",))),
            "marker 'C1' stands twice",
            id="marker twice",
        ),
        pytest.param(lambda: assignment(exercise(), seed=2**32), "less than 4294967296", id="big seed"),
        pytest.param(
            lambda: assignment(exercise(), uses=("pandas", "pandas")), "uses 'pandas' stands twice", id="used"
        ),
        pytest.param(lambda: assignment(exercise(), runtime="jax"), "'tensorflow' or 'torch'", id="no such runtime"),
    ],
)
def test_an_assignment_that_does_not_fit_together_is_refused(make: Any, message: str) -> None:
    """The author learns which exercise, which check, and what is wrong with it."""
    with pytest.raises(ValidationError, match=message):
        make()


def test_assignments_that_use_the_same_libraries_share_a_zygote() -> None:
    """What is loaded is a set: the order in which it is written down makes no difference."""
    one, other = (
        assignment(exercise(), uses=uses).libraries for uses in (("sklearn", "pandas"), ("pandas", "sklearn"))
    )

    assert one == other
    assert one != assignment(exercise()).libraries
    assert {"numpy", "pandas", "sklearn"} <= one.names


def test_an_assignment_cannot_be_changed() -> None:
    """What was checked stays as it was checked."""
    with pytest.raises(ValidationError, match="frozen"):
        assignment(exercise()).title = "Another"
