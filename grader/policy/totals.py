"""How the assignments of a course become one grade: the rule as data, and what it makes of what somebody earned.

All of it is exact fractions, rounded once, at the end. What is not graded, or not published to whoever reads, is no
zero: it is left out of every mean and said to be open. Nothing is known here of files or databases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Final, TypeAlias

from pydantic import Field

from grader.policy.terms import Frozen

#: what a weight or a bonus may be: enough for anybody, and nothing that takes long to reckon with
Weight: TypeAlias = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=12, decimal_places=6)]
Bound: TypeAlias = Annotated[Decimal, Field(ge=0, le=1_000, max_digits=8, decimal_places=4)]
#: most decimals of a percent
PLACES: Final = 4


class Rounding(StrEnum):
    """What becomes of what lies between two numbers that are shown."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


class Never(StrEnum):
    """What counts for what was never handed in: nothing as yet, or zero once it no longer can be."""

    OPEN = "open"
    ZERO = "zero"


class Group(Frozen):
    """Assignments whose mean counts with this weight. `drop_lowest`: so many of the lowest do not count; one always
    does. `weights`: of assignments within the group, where they are not 1."""

    name: str
    weight: Weight = Decimal(1)
    assignments: tuple[str, ...]
    weights: Mapping[str, Weight] = Field(default_factory=dict)
    drop_lowest: int = Field(default=0, ge=0, le=1_000)

    def weight_of(self, assignment: str) -> Fraction:
        """What that assignment counts within the group."""
        return Fraction(self.weights.get(assignment, Decimal(1)))


class Totals(Frozen):
    """The rule. `bonus`: percent that full marks of an assignment add on top; `most`: no total is higher; `letters`:
    by letter, the least percent as it is shown."""

    group: tuple[Group, ...]
    bonus: Mapping[str, Weight] = Field(default_factory=dict)
    most: Bound | None = None
    letters: Mapping[str, Bound] = Field(default_factory=dict)
    places: int = Field(default=1, ge=0, le=PLACES)
    rounding: Rounding = Rounding.HALF_UP
    never_handed_in: Never = Never.OPEN

    @property
    def assignments(self) -> tuple[str, ...]:
        """All that it names, in order."""
        return tuple(dict.fromkeys([*(name for each in self.group for name in each.assignments), *self.bonus]))


#: by assignment, the share of its points that was earned; None where there is no evidence
Shares: TypeAlias = Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTotal:
    """A group's mean, as a share, of what counts in it; None while nothing does. `dropped`: what was left out as the
    lowest."""

    name: str
    share: Fraction | None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What somebody has in all. `exact`: percent; `shown`: as it is told, by which the letter goes; None while nothing
    counts. `open`: assignments without evidence, which are no zero."""

    exact: Fraction | None
    shown: Decimal | None
    letter: str | None
    groups: tuple[GroupTotal, ...]
    open: tuple[str, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """All that was left out as the lowest of its group."""
        return tuple(name for each in self.groups for name in each.dropped)


def total_of(rule: Totals, shares: Shares) -> Total:
    """What the rule makes of these. A bonus alone is no total: something of a group has to count."""
    groups = tuple(_group(each, shares) for each in rule.group)
    counting = [(Fraction(rule.group[n].weight), each.share) for n, each in enumerate(groups) if each.share is not None]
    exact: Fraction | None = None
    if counting:
        weights = sum((weight for weight, _ in counting), Fraction())
        mean = sum((weight * share for weight, share in counting), Fraction()) / weights
        on_top = sum((Fraction(most) * (shares.get(name) or 0) for name, most in rule.bonus.items()), Fraction())
        exact = 100 * mean + on_top
        exact = exact if rule.most is None else min(exact, Fraction(rule.most))
    shown = None if exact is None else rounded(exact, rule.places, rule.rounding)
    return Total(
        exact=exact,
        shown=shown,
        letter=None if shown is None else _letter(rule, shown),
        groups=groups,
        open=tuple(name for name in rule.assignments if shares.get(name) is None),
    )


def rounded(number: Fraction, places: int, rounding: Rounding) -> Decimal:
    """A number that is not negative, with so many decimals."""
    scaled = number * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = 2 * rest - scaled.denominator
    match rounding:
        case Rounding.HALF_UP:
            whole += half >= 0
        case Rounding.HALF_EVEN:
            whole += half > 0 or (half == 0 and whole % 2 == 1)
        case Rounding.DOWN:
            pass
    return Decimal(whole).scaleb(-places)


def _group(group: Group, shares: Shares) -> GroupTotal:
    """Of equally low ones the heavier is dropped, so that dropping never lowers a mean."""
    known = {name: share for name in group.assignments if (share := shares.get(name)) is not None}
    lowest = sorted(known, key=lambda name: (known[name], -group.weight_of(name), group.assignments.index(name)))
    dropped = lowest[: min(group.drop_lowest, max(0, len(known) - 1))]
    kept = {name: share for name, share in known.items() if name not in dropped}
    if not kept:
        return GroupTotal(name=group.name, share=None)
    weights = sum(map(group.weight_of, kept), Fraction())
    share = sum((group.weight_of(name) * each for name, each in kept.items()), Fraction()) / weights
    return GroupTotal(name=group.name, share=share, dropped=tuple(name for name in known if name in dropped))


def _letter(rule: Totals, shown: Decimal) -> str | None:
    """The highest that is reached; None where there are none, or none is reached."""
    reached = [(least, letter) for letter, least in rule.letters.items() if shown >= least]
    return max(reached)[1] if reached else None
