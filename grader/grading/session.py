"""What came of the rooms of one plan, as data: judged checks, and what was noticed. Nothing is asked here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.judging import Examination
from grader.messages import Message
from grader.report.report import CheckResult, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What came of one room: the judged checks, and what was noticed on the way.

    `headline` is what failed before the answer was complete; it says more than how many checks passed of the remains.
    `behaviour`: the digest of the answers; empty where nothing was asked.
    """

    checks: tuple[CheckResult, ...]
    notices: tuple[Message, ...]
    printed: str
    name_missing: bool
    seen: Examination | None = None
    headline: Message | None = None
    withheld_notices: tuple[Message, ...] = ()
    behaviour: str = ""

    @property
    def earned(self) -> int:
        """Points of all checks."""
        return sum(check.earned or 0 for check in self.checks)

    @property
    def worth(self) -> tuple[int, int]:
        """By which of two sessions the better one is known: points, then checks that passed."""
        return self.earned, sum(check.verdict is Verdict.PASSED for check in self.checks)

    @property
    def full(self) -> bool:
        """Whether every check passed, so that nothing could do better."""
        return all(check.verdict is Verdict.PASSED for check in self.checks)

    def noting(self, *notices: Message, openly: bool) -> Session:
        """With these notices; unless `openly`, they tell of checks that not everybody sees."""
        if openly:
            return replace(self, notices=(*self.notices, *notices))
        return replace(self, withheld_notices=(*self.withheld_notices, *notices))
