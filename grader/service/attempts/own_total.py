"""The total of a course as its student may know it: of what is published to them, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.policy.totals import Total, Totals, total_of
from grader.service.attempts.gradebook import share_of, share_of_nothing
from grader.service.attempts.offered import Offered


def own_total(rule: Totals, openings: Sequence[Offered]) -> Total:
    """What the rule makes of what the student sees; whatever is withheld from them is open."""
    return total_of(rule, {each.assignment: _share(each, rule) for each in openings})


def _share(offered: Offered, rule: Totals) -> Fraction | None:
    if not offered.attempts:
        return share_of_nothing(rule, over=offered.over)
    seen = offered.counted if offered.sight.points else None
    return None if seen is None else share_of(seen.earned, seen.possible, seen.to_mark)
