"""A statement that the answer needs and that failed: it is said first, and once, in place of what followed from it.

In Jupyter the cell stops there. What can be judged of the remains keeps its points; that "it has 2 layers instead of 3"
is no news to a student whose third `model.add` was refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from grader.judging.examination import Fault
from grader.notebook.submission import Plan
from grader.report.report import CheckResult, Verdict
from grader.wall.protocol import Failure, StudentError

_WORD: Final = re.compile(r"\w+")
#: verdicts that say what became of an answer; a limit that was met is a headline of its own
CONSEQUENCES: Final = (Verdict.FAILED, Verdict.RAISED, Verdict.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What failed. `everything` follows from it, or else only that answers raised."""

    error: StudentError
    everything: bool

    @property
    def consequences(self) -> tuple[Verdict, ...]:
        """The verdicts that follow from it."""
        return CONSEQUENCES if self.everything else (Verdict.RAISED,)


def is_needed(failure: Failure, plan: Plan) -> bool:
    """Whether what failed is surely needed for the answer; rooms may name statements that there are not."""
    return 0 <= failure.statement < len(plan.statements) and plan.statements[failure.statement].needed


def headline_of(failures: Iterable[Failure], plan: Plan, missing: AbstractSet[str]) -> Headline | None:
    """What explains the answer: the failure that cut it short, or else one that answers suffered from.

    `missing` are the names that answers lacked. What failed for want of a name is explained by what failed to give it.
    """
    needed = [failure for failure in failures if is_needed(failure, plan)]
    cut = next((at for at, failure in enumerate(needed) if _cuts_short(failure, plan)), None)
    cause = None if cut is None else needed[cut]
    lacked: set[str | None] = {*missing} if cause is None else {cause.error.missing}
    for failure in reversed(needed[:cut]):
        if not lacked.isdisjoint(_words(failure, plan)):
            cause = failure
            lacked.add(failure.error.missing)
    return None if cause is None else Headline(error=cause.error, everything=cut is not None)


def in_place_of(
    consequences: Collection[Verdict], checks: Sequence[CheckResult], fault: Fault
) -> tuple[CheckResult, ...]:
    """The checks, with `fault` where there is a verdict that follows from it. Points that were earned stay."""
    said = {
        "verdict": fault.verdict,
        "message": fault.detail,
        "hint": fault.by_kind,
        "raised_at": fault.raised_at,
        "counterexample": None,
    }
    return tuple(
        check.model_copy(update=said) if check.verdict in consequences and not check.earned else check
        for check in checks
    )


def _cuts_short(failure: Failure, plan: Plan) -> bool:
    """Whether it is in the graded cell, which stops there, or does something with the answer."""
    return plan.statements[failure.statement].role == "cell" or plan.target in _words(failure, plan)


def _words(failure: Failure, plan: Plan) -> set[str | None]:
    return {*_WORD.findall(plan.statements[failure.statement].source)}
