"""Which of several files of one student counts, and the sentence for each of the others."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake import SetAside
from grader.intake.claims import Claim
from grader.intake.found import without_ending
from grader.wording import say

PREFERRED = "submission"  # submission.ipynb, the name that needs no assignment


def chosen(claims: Sequence[Claim], assignment: str | None) -> Claim:
    """The claim that counts: the latest by the layout's rule, the expected name, the last change, the last name."""
    if len(claims) == 1:  # without asking for its date: most students hand in one file
        return claims[0]
    return max(claims, key=lambda claim: _rank(claim, assignment))


def older(claim: Claim, counts: Claim, *, student: str, assignment: str | None) -> SetAside:
    """Why `claim` was set aside for the one that counts."""
    return SetAside(
        where=claim.found.where,
        student=student,
        reason=say("another_counts", file=counts.found.where, because=_because(claim, counts, assignment)),
    )


def _because(claim: Claim, counts: Claim, assignment: str | None) -> str:
    if claim.age != counts.age:
        return counts.because
    if _expected(claim, assignment) != _expected(counts, assignment):
        return say("named_like", what=say("an_assignment" if assignment else "a_submission"))
    if claim.found.last_changed != counts.found.last_changed:
        return say("changed_last")
    return say("last_by_name")


def _rank(claim: Claim, assignment: str | None) -> tuple[object, ...]:
    return (claim.age, _expected(claim, assignment), claim.found.last_changed, claim.found.parts, claim.found.where)


def _expected(claim: Claim, assignment: str | None) -> bool:
    stem = without_ending(claim.found.parts[-1]).casefold()
    return stem in (PREFERRED, (assignment or PREFERRED).casefold())
