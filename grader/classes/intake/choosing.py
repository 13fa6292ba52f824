"""Which of several files of one student counts, and the sentence for each of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from grader.classes.intake import SetAside
from grader.classes.intake.claims import Claim
from grader.classes.intake.found import FileKind, without_ending
from grader.messages import Message, say

PREFERRED = "submission"  # submission.ipynb, the name that needs no assignment


class Answered(NamedTuple):
    """How many exercises of the assignment a notebook answers, and how many it holds, be it as they were handed out."""

    answered: int
    held: int


#: asked only where a student's notebooks are of one attempt
Answers: TypeAlias = Callable[[Claim], Answered]


def nothing_known(_: Claim) -> Answered:
    """Before the assignment is known, no notebook answers more than another."""
    return Answered(0, 0)


def chosen(claims: Sequence[Claim], assignment: str | None, answers: Answers) -> Claim:
    """The claim that counts.

    The latest attempt by the layout's rule, what answers most, a notebook before a script, the last of it, the expected
    name, the last change, the last name.
    """
    rivals = latest(claims)
    if len(rivals) == 1:  # without asking for its date, or what it holds: most students hand in one file
        return rivals[0]
    return max(sorted(rivals, key=lambda claim: _rank(claim, assignment), reverse=True), key=answers)


def latest(claims: Sequence[Claim]) -> list[Claim]:
    """Those of the latest attempt."""
    age = max(claim.age for claim in claims)
    return [claim for claim in claims if claim.age == age]


def older(claim: Claim, counts: Claim, *, student: str, assignment: str | None, answers: Answers) -> SetAside:
    """Why `claim` was set aside for the one that counts."""
    return SetAside(
        where=claim.found.where,
        student=student,
        reason=say("another_counts", file=counts.found.where, because=_because(claim, counts, assignment, answers)),
    )


def _because(claim: Claim, counts: Claim, assignment: str | None, answers: Answers) -> Message:
    if claim.age != counts.age:
        return counts.because
    fewer, most = answers(claim), answers(counts)
    if fewer.answered < most.answered:
        return say("answers_most", most=most.answered, fewer=max(fewer.answered, 0))
    if fewer.held < most.held:
        return say("holds_more")
    if _is_notebook(claim) != _is_notebook(counts):
        return say("notebook_before_script")
    if claim.order != counts.order:
        return counts.because
    if _expected(claim, assignment) != _expected(counts, assignment):
        return say("named_like", what=say("an_assignment" if assignment else "a_submission"))
    if claim.found.last_changed != counts.found.last_changed:
        return say("changed_last")
    return say("last_by_name")


def _rank(claim: Claim, assignment: str | None) -> tuple[object, ...]:
    return (
        _is_notebook(claim),
        claim.order,
        _expected(claim, assignment),
        claim.found.last_changed,
        claim.found.parts,
        claim.found.where,
    )


def _is_notebook(claim: Claim) -> bool:
    return claim.found.kind is FileKind.NOTEBOOK


def _expected(claim: Claim, assignment: str | None) -> bool:
    stem = without_ending(claim.found.parts[-1]).casefold()
    return stem in (PREFERRED, (assignment or PREFERRED).casefold())
