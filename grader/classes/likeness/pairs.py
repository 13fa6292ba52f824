"""Which pairs of a class share so much of what is rare in it that they are worth reading together.

A fingerprint (`winnowing.py`) counts by how few have it: the logarithm of the class over those. One that was handed
out, that the reference or a right variant has, or that more than a quarter of the class has, counts nothing. The share
of a pair is what it has in common over the geometric mean of what each has.

By chance all pairs share something, and the tail of these shares falls about exponentially. So the class itself says
what is far out: the line through the 75th and the 95th percentile of all pairs, which a few copies do not move, is
drawn on to where in ten such classes one pair would be expected. No pair is listed below a half, or with too little in
common to be no accident. No text is read here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.classes.disjoint_sets import DisjointSets
from grader.classes.likeness.traces import Trace

#: what more than this part of a class has says nothing, unless they are a handful
WIDELY_SHARED: Final = 0.25
HANDFUL: Final = 5
#: as though so many more had written something else: in a small class little is rare
_OTHERS: Final = 10
#: percentiles through which the line is drawn, and how many pairs are to come beyond it by chance
MIDDLE: Final = 75
HIGH: Final = 95
BY_CHANCE: Final = 0.1
#: a share below which nothing is listed; and the one that counts in a class of fewer than these, which has no tail
LEAST_SHARE: Final = 0.5
SMALL_CLASS: Final = 10
SMALL_SHARE: Final = 0.8
#: bits that a pair has in common at least, whatever the class
LEAST_BITS: Final = 20.0

#: a fingerprint in the exercise that it stands in
Print: TypeAlias = tuple[str, int]
Figures: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One submission: whose, and what is compared of it, by exercise. Several of one person are no pair."""

    who: str
    traces: Mapping[str, Trace]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two works by their places, and their share, over all and in each exercise where both have what counts."""

    one: int
    other: int
    share: float
    exercises: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the shares of all pairs are spread, and from where on they are far out; None where no share would be."""

    compared: int
    pairs: int
    median: float
    high: float
    least: float | None
    bits: float
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The pairs, the highest share first; how much each fingerprint that counts weighs, in bits."""

    pairs: tuple[Pair, ...]
    spread: Spread
    weights: Mapping[Print, float]


def pairs_of(works: Sequence[Work], handed_out: Collection[int] = ()) -> Found:
    """The pairs that are far out. `handed_out`: numbers of fingerprints that say nothing."""
    prints = [_prints(work, handed_out) for work in works]
    weights = _weights(prints)
    counted = [{each: weights[each] for each in found if each in weights} for found in prints]
    totals = np.array([sum(each.values()) for each in counted], dtype=np.float32)
    common = _common(counted, weights)
    shares = _shares(common, totals)
    _leave_out_same(shares, works)
    spread = _spread(shares, np.flatnonzero(totals))
    places = () if spread.least is None else np.argwhere((shares >= spread.least) & (common >= spread.bits)).tolist()
    pairs = [_pair(one, other, float(shares[one, other]), counted) for one, other in places if one < other]
    pairs.sort(key=lambda each: (-each.share, each.one, each.other))
    return Found(pairs=tuple(pairs), spread=spread, weights=weights)


def clusters_of(pairs: Iterable[Pair], works: Sequence[Work]) -> tuple[tuple[int, ...], ...]:
    """Three people or more whom pairs join, by the place of a work of each, the largest cluster first."""
    joined = DisjointSets(len(works))
    first: dict[str, int] = {}
    places = [first.setdefault(work.who, at) for at, work in enumerate(works)]
    for each in pairs:
        joined.join(places[each.one], places[each.other])
    parts = (tuple(each) for each in joined.parts() if len(each) > 2)
    return tuple(sorted(parts, key=lambda each: (-len(each), each)))


def _prints(work: Work, handed_out: Collection[int]) -> frozenset[Print]:
    return frozenset(
        (exercise, each.number)
        for exercise, trace in work.traces.items()
        for each in trace.fingerprints
        if each.number not in handed_out
    )


def _weights(prints: Sequence[Collection[Print]]) -> dict[Print, float]:
    """Bits of each fingerprint that counts."""
    held = Counter(each for found in prints for each in found)
    most = max(HANDFUL, WIDELY_SHARED * len(prints))
    return {each: math.log2((len(prints) + _OTHERS) / count) for each, count in held.items() if count <= most}


def _common(counted: Sequence[Mapping[Print, float]], weights: Mapping[Print, float]) -> Figures:
    """Bits that each two have in common."""
    holders: dict[Print, list[int]] = defaultdict(list)
    for at, found in enumerate(counted):
        for each in found:
            holders[each].append(at)
    common = np.zeros((len(counted), len(counted)), dtype=np.float32)
    for each, places in holders.items():
        if len(places) > 1:
            common[np.ix_(places, places)] += np.float32(weights[each])
    return common


def _shares(common: Figures, totals: Figures) -> Figures:
    roots: Figures = np.sqrt(np.maximum(totals, 1)).astype(np.float32)
    shares: Figures = common / roots[:, None] / roots
    return shares


def _leave_out_same(shares: Figures, works: Sequence[Work]) -> None:
    by_person: dict[str, list[int]] = defaultdict(list)
    for at, work in enumerate(works):
        by_person[work.who].append(at)
    for places in by_person.values():
        shares[np.ix_(places, places)] = 0


def _spread(shares: Figures, compared: npt.NDArray[np.int64]) -> Spread:
    """Of the pairs of those that have something to compare."""
    size = len(compared)
    pairs = size * (size - 1) // 2
    if not pairs:
        return Spread(compared=size, pairs=0, median=0, high=0, least=None, bits=LEAST_BITS, fixed=True)
    every = np.concatenate([shares[at, compared[number + 1 :]] for number, at in enumerate(compared)])
    median, middle, high = (float(each) for each in np.percentile(every, [50, MIDDLE, HIGH]))
    a_decade = (high - middle) / math.log10((100 - MIDDLE) / (100 - HIGH))
    drawn_on = high + a_decade * math.log10((100 - HIGH) / 100 * pairs / BY_CHANCE)
    fixed = size < SMALL_CLASS
    least = SMALL_SHARE if fixed else max(LEAST_SHARE, drawn_on)
    return Spread(
        compared=size,
        pairs=pairs,
        median=median,
        high=high,
        least=least if least <= 1 else None,
        bits=max(LEAST_BITS, 2 * math.log2(pairs)),
        fixed=fixed,
    )


def _pair(one: int, other: int, share: float, counted: Sequence[Mapping[Print, float]]) -> Pair:
    return Pair(one=one, other=other, share=min(share, 1.0), exercises=dict(_by_exercise(counted[one], counted[other])))


def _by_exercise(one: Mapping[Print, float], other: Mapping[Print, float]) -> Iterator[tuple[str, float]]:
    mine, theirs = _sums(one), _sums(other)
    both = _sums({each: one[each] for each in one.keys() & other.keys()})
    for exercise in dict.fromkeys(sorted(mine.keys() & theirs.keys())):
        yield exercise, min(both.get(exercise, 0.0) / math.sqrt(mine[exercise] * theirs[exercise]), 1.0)


def _sums(found: Mapping[Print, float]) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for (exercise, _), bits in found.items():
        sums[exercise] += bits
    return dict(sums)
