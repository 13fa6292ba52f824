"""What is told of the checks of one exercise: each thing once, and of code that stopped what helps."""

from __future__ import annotations

from typing import Any

import pytest

from grader.render.telling import line_of, one_reason, reason_hint, told
from grader.report import CellReference, CheckResult, Place, Verdict
from grader.wording import ENGLISH
from tests.unit.reports import COUNTEREXAMPLE, check, exercise

HERE, ELSEWHERE = Place(cell=5, line=1), Place(cell=5, line=2)


def raised(name: str, place: Place | None = HERE, **more: Any) -> CheckResult:
    """A check whose call raised."""
    fields: dict[str, Any] = {"message": f"{name} raised.", "hint": "Look.", "counterexample": COUNTEREXAMPLE, **more}
    return check(name, Verdict.RAISED, raised_at=place, **fields)


def test_code_that_stops_where_it_stopped_before_is_not_shown_again() -> None:
    """One line to mend is one call, one hint, one line of code, however many checks it costs."""
    first, second = told([raised("a"), raised("b")], ENGLISH)

    assert (first.example, first.hint, first.place, first.again) == (COUNTEREXAMPLE, "Look.", HERE, None)
    assert (second.example, second.hint, second.place) == (None, None, None)
    assert second.message == "b raised."
    assert second.again is not None
    assert second.again.startswith("It stops as in the check above")


def test_the_same_sentence_is_said_once_of_code_that_stops() -> None:
    """A second check that stopped says so, and nothing twice."""
    _, second = told([raised("a", message="Too slow."), raised("b", message="Too slow.")], ENGLISH)
    assert second.message == ""


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(raised("b", ELSEWHERE), id="in another line"),
        pytest.param(raised("b", hint="Another."), id="for another reason"),
        pytest.param(check("b", Verdict.FAILED, hint="Look."), id="with a wrong answer"),
    ],
)
def test_another_failure_keeps_its_example(second: CheckResult) -> None:
    """Only what stops alike is taken together."""
    _, telling = told([raised("a"), second], ENGLISH)
    assert telling.example == second.counterexample


def test_a_hint_given_above_is_pointed_to() -> None:
    """Several wrong answers with one cause keep their examples, and share the hint."""
    _, second = told([check(name, Verdict.FAILED, hint="Divide.") for name in "ab"], ENGLISH)
    assert (second.hint, second.again) == (None, "The hint above helps here too.")


@pytest.mark.parametrize(
    ("verdict", "hint", "alone"),
    [
        pytest.param(Verdict.RAISED, "Look.", True, id="raised, and something helps"),
        pytest.param(Verdict.RAISED, None, True, id="raised"),
        pytest.param(Verdict.MISSING, None, True, id="missing"),
        pytest.param(Verdict.FAILED, "Divide.", False, id="wrong, each with its title"),
    ],
)
def test_one_reason_takes_the_place_of_all_checks(verdict: Verdict, hint: str | None, alone: bool) -> None:
    """Where no answer was had, the checks have nothing of their own to say; the hint stays."""
    alike = [check(name, verdict, message="No.", hint=hint, counterexample=None) for name in "ab"]
    told_of = exercise(*alike)

    assert one_reason(told_of) is alone
    assert reason_hint(told_of) == hint


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param(Place(cell=5, line=2), "1 / 0", id="in the graded cell"),
        pytest.param(Place(cell=4, line=2), None, id="in another cell"),
        pytest.param(Place(cell=5, line=9), None, id="beyond its end"),
        pytest.param(Place(cell=5, line=3), None, id="a blank line"),
    ],
)
def test_a_line_is_shown_if_it_is_in_the_graded_cell(place: Place, line: str | None) -> None:
    """The room names the place, so it may be one that is not there."""
    cell = CellReference(index=5, found_by="marker", source="x = 1\n  1 / 0\n \n")
    assert line_of(place, exercise(cell=cell)) == line
