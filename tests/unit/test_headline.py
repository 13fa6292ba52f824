"""A needed statement that failed: what is said of it, and in place of what. No room; failures are written down."""

from __future__ import annotations

import pytest

from grader.grading.headline import Headline, headline_of, in_place_of
from grader.judging.examination import Fault
from grader.messages import prose
from grader.report.report import Place, Verdict
from grader.wall.protocol import Failure, StudentError
from tests.english import spoken
from tests.exercises import MODEL, plan
from tests.notebooks import code
from tests.unit.reports import check

CELLS = (
    code("import numpy as np\nwidths = np.load('w.npy')"),
    code("# GRADED CELL: Sequential model\nmodel = Sequential()\nmodel.add(Dense(widths))\nmodel.add(3)"),
)
PLAN = plan(MODEL, *CELLS)
SOURCES = [each.source for each in PLAN.statements]


def failed(*sources: str) -> list[Failure]:
    """These statements raised, each an error that bears its text."""
    errors = {each: StudentError(type="E", text=each, missing=LACKS.get(each)) for each in sources}
    return [Failure(statement=SOURCES.index(each), error=error) for each, error in errors.items()]


LACKS = {"model.add(Dense(widths))": "widths"}
LOAD, ADD, LAST = "widths = np.load('w.npy')", "model.add(Dense(widths))", "model.add(3)"
EXPLAINS = [
    pytest.param([], set(), None, id="nothing failed"),
    pytest.param([ADD, LAST], set(), (ADD, True), id="the first of several"),
    pytest.param([LOAD], set(), None, id="elsewhere, and nothing follows"),
    pytest.param([LOAD], {"widths"}, (LOAD, False), id="a name that answers lacked"),
    pytest.param([LOAD], {"other"}, None, id="another name was lacking"),
    pytest.param([LOAD, ADD], set(), (LOAD, True), id="the cause of what cut it short"),
    pytest.param([LOAD, LAST], set(), (LAST, True), id="not what only came before it"),
    pytest.param(["import numpy as np"], set(), None, id="an import that the answer does not stand on"),
]


@pytest.mark.parametrize(("failures", "missing", "explains"), EXPLAINS)
def test_the_failure_that_explains_the_answer_is_the_headline(
    failures: list[str], missing: set[str], explains: tuple[str, bool] | None
) -> None:
    """In the graded cell everything follows from it; elsewhere what touches the answer, or the names it lacked."""
    found = headline_of(failed(*failures), PLAN, missing)
    assert (found and (found.error.text, found.everything)) == explains


def test_a_room_may_name_statements_that_there_are_not() -> None:
    """Its word is no more than a claim."""
    error = StudentError(type="E", text="")
    assert headline_of([Failure(statement=number, error=error) for number in (-1, 99)], PLAN, set()) is None


FAULT = Fault(
    verdict=Verdict.RAISED, detail=prose("Stopped."), by_kind=prose("Look there."), raised_at=Place(cell=2, line=3)
)
CHECKS = (
    check("right"),
    check("wrong", Verdict.FAILED),
    check("skipped", Verdict.SKIPPED),
    check("raised", Verdict.RAISED),
    check("slow", Verdict.TIMED_OUT),
    check("half", Verdict.PARTIAL, earned=4),
)


@pytest.mark.parametrize(("everything", "replaced"), [(True, ["wrong", "skipped", "raised"]), (False, ["raised"])])
def test_the_error_stands_in_place_of_its_consequences(everything: bool, replaced: list[str]) -> None:
    """No "2 layers instead of 3" where the third was refused; points of the remains are kept, and none are added."""
    headline = Headline(error=StudentError(type="E", text=""), everything=everything)
    told = in_place_of(headline.consequences, CHECKS, FAULT)

    assert [each.id for each in told if spoken(each.message) == "Stopped."] == replaced
    for before, after in zip(CHECKS, told, strict=True):
        assert after.earned == before.earned
        if after.id in replaced:
            assert (after.verdict, spoken(after.hint), after.counterexample) == (
                Verdict.RAISED,
                "Look there.",
                None,
            )
        else:
            assert after == before
