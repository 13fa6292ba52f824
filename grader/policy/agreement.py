"""How far two people agree who marked the same answers, each without the other's mark: from points alone.

Weighted kappa with squared differences as weights is J. Cohen's (Weighted kappa: nominal scale agreement with provision
for scaled disagreement or partial credit, Psychological Bulletin 70, 1968, 213-220): points are ordered, so a
difference of one says less than one of ten, which his unweighted kappa (1960) does not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

#: of fewer pairs a kappa says nothing
FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMarks:
    """What both gave for one answer."""

    first: int
    second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of so many pairs: which share is equal, by how many points the second gave more on average, by how many they
    differ, and weighted kappa: 1 for marks that are all equal, 0 for as much as chance gives. None of what cannot be
    said: of nothing, and for kappa of fewer than `FEWEST` or where all points are the same."""

    pairs: int
    equal: Fraction | None = None
    mean_difference: Fraction | None = None
    mean_distance: Fraction | None = None
    kappa: Fraction | None = None


def agreement(pairs: Sequence[TwoMarks]) -> Agreement:
    """How far these agree, exactly."""
    number = len(pairs)
    if not number:
        return Agreement(pairs=0)
    differences = [each.second - each.first for each in pairs]
    return Agreement(
        pairs=number,
        equal=Fraction(differences.count(0), number),
        mean_difference=Fraction(sum(differences), number),
        mean_distance=Fraction(sum(map(abs, differences)), number),
        kappa=weighted_kappa(pairs) if number >= FEWEST else None,
    )


def weighted_kappa(pairs: Sequence[TwoMarks]) -> Fraction | None:
    """One less the mean squared difference of the pairs over that of every first with every second; None where all of
    these are equal, so that chance alone agrees wholly."""
    number = len(pairs)
    firsts, seconds = [each.first for each in pairs], [each.second for each in pairs]
    observed = Fraction(sum((each.second - each.first) ** 2 for each in pairs), number)
    squares = Fraction(sum(each * each for each in (*firsts, *seconds)), number)
    by_chance = squares - 2 * Fraction(sum(firsts) * sum(seconds), number * number)
    return 1 - observed / by_chance if by_chance else None
