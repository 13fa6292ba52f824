"""Which line of a student's is said to have raised: the same one, however often the code was called before."""

from __future__ import annotations

from typing import Any

import pytest

from grader.wall.room.student_error import student_error

RAISING = [
    pytest.param("def f(z):\n    if z is None:\n        t = 0\n    a = z\n    return t", 5, id="after an assignment"),
    pytest.param(
        "def f(z):\n    for i in range(3):\n        w = i\n        t = t + w\n    return t", 4, id="in a loop"
    ),
    pytest.param("def f(z):\n    if z is None: t = 1\n    return [\n        3,\n        t]", 5, id="after a constant"),
    pytest.param("def f(z):\n    if z is None: t = 1\n    return (z +\n        t)", 4, id="after another name"),
    pytest.param("def f(z):\n    a = z\n    b = (a +\n        unknown)\n    return b", 4, id="a name nobody gave"),
    pytest.param("def f(z):\n    a = z\n    if a:\n        raise ValueError(a)\n    return a", 4, id="raised"),
]


@pytest.mark.parametrize(("source", "line"), RAISING)
def test_the_line_is_that_of_the_first_raise_at_every_call(source: str, line: int) -> None:
    """From the eighth call on CPython 3.11 runs pairs of instructions as one, and gives the line of the first."""
    names: dict[str, Any] = {}
    exec(compile(source, "<cell 3>", "exec"), names)
    seen = set()
    for _ in range(30):
        with pytest.raises(Exception) as caught:  # noqa: PT011  # each case another one
            names["f"](1)
        error = student_error(caught.value)
        seen.add((error.cell, error.line))

    assert seen == {(3, line)}


def test_of_a_text_without_end_the_beginning_is_looked_at() -> None:
    """Cleaning millions of characters would take the time that the exercise has."""
    assert student_error(ValueError("\x1b[0m" * 10**6 + "beyond")).text == ""
