"""Checks of our own kind, offered beside imported ones where these are plain."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from grader.authoring.importing.exercises import Brought, Exercised
from grader.authoring.importing.offered import CALLS, Offered, offered
from grader.authoring.importing.pieces import Case
from grader.judging.cells.question import Form
from grader.lab import calls, vectors


def exercise(*sources: str, target: str = "f", form: Form = "cell") -> Exercised:
    """An exercise whose tests are these."""
    cases = (Case(name=f"t{n}", source=source, points=Fraction(1), form=form) for n, source in enumerate(sources))
    checks = [Brought(id=case.name, title=case.name, case=case, setup="") for case in cases]
    return Exercised(id=target, target=target, title=target, checks=checks)


PLAIN = {
    "assert f(1) == [1]\nassert f(10) == 4": "st.integers(1, 20)",
    "assert_equal(f(2, True), 1)\nassert_equal(f(3, False), 1)": "st.integers(2, 13), st.booleans()",
    "assert abs(f(-1.5)) < 3": "st.integers(-16, 64).map(lambda n: n / 8)",
    "np.testing.assert_allclose(f(np.array([1.0, 2.0])), [2, 4])": "vectors(min_size=2, max_size=4, low=1, high=12)",
    "assert f([1, 2]) == 3": "st.lists(st.integers(1, 12), min_size=2, max_size=4)",
    "assert f('ab') == 3": "st.text('ab', min_size=2, max_size=4)",
}


@pytest.mark.parametrize("source", PLAIN)
def test_calls_that_are_written_out_are_drawn_near_what_they_ask_for(source: str) -> None:
    """Not below the least, a little beyond the largest; and there are as many as are asked for."""
    offer = offered(exercise(source))

    assert offer is not None
    assert (offer.kind, offer.strategies) == ("function", PLAIN[source])
    drawn: list[Any] = list(eval(f"[{offer.strategies}]", {"st": st, "vectors": vectors}))  # our own text
    assert 1 <= offer.count <= CALLS
    assert len(calls(*drawn, count=offer.count).draw(0)) == offer.count


NOT_PLAIN = {
    "a call of what is no value": "assert f(x) == 1",
    "by keyword": "assert f(n=1) == 1",
    "of several lengths": "assert f(1) == 1\nassert f(1, 2) == 1",
    "of nothing": "assert f() == 1",
    "of mixed kinds": "assert f(1) == 1\nassert f('a') == 1",
    "of an array of two dimensions": "assert f(np.array([[1]])) == 1",
    "of numbers that are none": "assert f(1e300) == 1",
    "of another function": "assert g(1) == 1",
    "that is to raise": "try:\n    f(-1)\nexcept ValueError:\n    pass",
    "no Python": "assert (",
    "deeper than anybody writes": "assert f(" + "(" * 5_000 + "1" + ")" * 5_000 + ")",
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_not_plain_offers_nothing(name: str) -> None:
    """Rather none than one that asks for what nobody promised."""
    assert offered(exercise(NOT_PLAIN[name])) is None


def test_a_variable_is_compared_with_the_references() -> None:
    """As the tests do; a test that says more is named."""
    assert offered(exercise("assert x == 3", "assert x % 2", target="x")) == Offered(kind="value", leaves=("t1",))
    assert offered(exercise(">>> x\n3\n", target="x", form="examples")) == Offered(kind="value")


def test_tests_that_it_says_nothing_about_are_named() -> None:
    """An author who takes it loses them."""
    offer = offered(exercise("assert f(1) == 1", "assert callable(f)", ">>> f(-1)\nTraceback\n"))

    assert offer is not None
    assert offer.leaves == ("t1", "t2")
