"""Every assignment of the course keeps its promises, as `grader check` sees them. Mutants take longer: `make proof`.

The reference and the sample earn everything, the starter nothing, every wrong solution loses what it names and earns
its hint, every right variant loses nothing.
"""

from __future__ import annotations

import pytest

from grader.course import Course
from grader.crew import usable_cores
from grader.quality import Part, Proof, check_assignments
from tests.end_to_end.digits import ROOT

COURSE = Course(ROOT)


@pytest.fixture(scope="session")
def proofs() -> dict[str, Proof]:
    """All assignments at once, so that libraries are loaded once for each worker."""
    found = check_assignments(
        COURSE, COURSE.ids, parts=[Part.SOLUTIONS], workers=usable_cores(), progress=lambda _done, _total: None
    )
    return {proof.assignment: proof for proof in found}


@pytest.mark.parametrize("name", COURSE.ids)
def test_an_assignment_s_solutions_come_out_as_they_should(proofs: dict[str, Proof], name: str) -> None:
    """The whole list of faults is shown, each with its file."""
    assert proofs[name].faults == ()


@pytest.mark.parametrize("name", COURSE.ids)
def test_an_assignment_has_wrong_solutions_and_right_variants(proofs: dict[str, Proof], name: str) -> None:
    """Checks that were never seen to catch or to accept anything prove nothing."""
    proof = proofs[name]

    assert proof.wrong.of >= 2 * proof.exercises
    assert proof.right.of > 0
