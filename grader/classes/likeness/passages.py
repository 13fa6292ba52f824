"""What of two answers is alike: lines, numbered by passage, so that the same number stands beside both.

Only fingerprints that count in this class make a passage: what many have, or was handed out, is not marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from grader.classes.likeness.traces import Trace
from grader.notebook.submission.winnowing import RUN


def passages_of(one: Trace, other: Trace, counts: Callable[[int], bool]) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """For each of two answers, which of its lines belong to which passage, numbered as they stand in the first.
    `counts`: whether a fingerprint with this number does."""
    both = {each.number for each in one.fingerprints} & {each.number for each in other.fingerprints}
    shared = frozenset(filter(counts, both))
    mine = sorted(_passages(one, shared), key=lambda each: min(one.lines[at] for at in each))
    known: dict[int, int] = {}
    for passage, places in enumerate(mine, start=1):
        for number in _numbers(one, places, shared):
            known.setdefault(number, passage)
    theirs = [
        (Counter(known[number] for number in _numbers(other, places, shared)).most_common(1)[0][0], places)
        for places in _passages(other, shared)
    ]
    return _lines(one, enumerate(mine, start=1)), _lines(other, theirs)


def _passages(trace: Trace, shared: Collection[int]) -> Iterator[range]:
    """The places of signs that runs with these numbers cover, those that touch together."""
    begun: range | None = None
    for each in trace.fingerprints:
        if each.number not in shared:
            continue
        if begun is not None and each.at <= begun.stop:
            begun = range(begun.start, each.at + RUN)
            continue
        if begun is not None:
            yield begun
        begun = range(each.at, each.at + RUN)
    if begun is not None:
        yield begun


def _numbers(trace: Trace, places: range, shared: Collection[int]) -> Iterator[int]:
    return (each.number for each in trace.fingerprints if each.at in places and each.number in shared)


def _lines(trace: Trace, passages: Iterable[tuple[int, range]]) -> dict[int, int]:
    """Each line with the passage that has most of its signs."""
    held: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for passage, places in passages:
        for at in places:
            held[trace.lines[at]][passage] += 1
    return {line: counts.most_common(1)[0][0] for line, counts in sorted(held.items())}
