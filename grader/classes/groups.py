"""Answers to one exercise that are alike, as groups: from reports alone, nothing is run and no code is read here.

Alike are answers that made the same known mistake, that behave alike, that read alike and were judged alike, and those
that earned everything; of what a person marks, the same text and nearly the same. No answer is in two groups, none with
one that was judged otherwise unless both made one known mistake. How groups are shown and marked is decided elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from grader.classes.disjoint_sets import DisjointSets
from grader.classes.written_alike import united
from grader.report.marking import unmarked
from grader.report.report import ExerciseResult, Verdict

_DIGITS: Final = 10


class Kind(StrEnum):
    """Why the answers of a group are one; the most telling reason of several."""

    RIGHT = "right"
    MISTAKE = "mistake"
    BEHAVES = "behaves"
    READS = "reads"
    STOPPED = "stopped"
    WRITTEN = "written"
    EMPTY = "empty"


#: groups of these kinds are told apart by what was judged as well
_BY_JUDGED: Final = frozenset({Kind.BEHAVES, Kind.READS, Kind.STOPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What tells whether an answer is like another: what it was judged, the known mistake, the digests of its report,
    the text of one that a person marks, and what was said where nothing could be asked. `of`: whose it is."""

    of: str
    judged: tuple[str, ...]
    earned: int | None
    right: bool
    mistake: str | None = None
    behaviour: str | None = None
    reads_as: str | None = None
    said: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Answers that are alike: at least one. `id` is the same as long as its kind and what they share are; `mistake` by
    its name; `earned` is what the machine gave, None where that differs or nothing is known."""

    id: str
    kind: Kind
    members: tuple[str, ...]
    mistake: str | None = None
    earned: int | None = None


def traits_of(of: str, result: ExerciseResult) -> Traits | None:
    """Of one exercise as the machine left it; None if it was not graded, for our reasons, so that nothing is known."""
    left = unmarked(result)
    if left.verdict is Verdict.NOT_GRADED:
        return None
    source = "" if left.cell is None else left.cell.source
    return Traits(
        of=of,
        judged=(left.verdict.value, *(f"{each.id}:{each.verdict.value}:{each.earned}" for each in left.checks)),
        earned=left.earned,
        right=left.verdict is Verdict.PASSED,
        mistake=left.misconception,
        behaviour=left.behaviour,
        reads_as=left.reads_as,
        said=repr(left.message),
        text=source if left.verdict is Verdict.TO_MARK else None,
    )


def groups_of(answers: Iterable[Traits]) -> tuple[Group, ...]:
    """The groups of all answers to one exercise, the largest first. Every answer is in one of them."""
    found = list(answers)
    parts: dict[Hashable, list[Traits]] = defaultdict(list)
    for each in found:
        parts[_certain(each)].append(each)
    made: list[Group] = []
    for key, members in parts.items():
        made += _within(key, members)
    return tuple(sorted(made, key=lambda each: (-len(each.members), each.kind.value, each.id)))


def _certain(each: Traits) -> tuple[Kind | None, Hashable]:
    """What decides by itself in which group an answer is; or the part of the class in which the groups are found."""
    if each.text is not None:
        return (Kind.WRITTEN, "") if each.text.strip() else (Kind.EMPTY, "")
    if each.right:
        return Kind.RIGHT, ""
    if each.mistake is not None:
        return Kind.MISTAKE, each.mistake
    return None, each.judged


def _within(key: Hashable, members: Sequence[Traits]) -> Iterable[Group]:
    match key:
        case (Kind.WRITTEN, _):
            for texts in united([each.text or "" for each in members]):
                yield _group(Kind.WRITTEN, members[texts[0]].text, [members[at] for at in texts])
        case (Kind() as kind, shared):
            yield _group(kind, shared, members)
        case _:
            yield from _by_digests(members)


def _by_digests(members: Sequence[Traits]) -> Iterable[Group]:
    """Answers that were judged alike, joined where one of their digests is the same."""
    joined = DisjointSets(len(members))
    first: dict[tuple[str, str], int] = {}
    for at, each in enumerate(members):
        for share in _shares(each):
            joined.join(at, first.setdefault(share, at))
    for places in joined.parts():
        part = [members[at] for at in places]
        yield _group(_kind(part), min(min(_shares(each)) for each in part), part)


def _shares(each: Traits) -> list[tuple[str, str]]:
    """What an answer has in common with those that are alike; where nothing ran, what was said of it."""
    found = [(kind, digest) for kind, digest in (("b", each.behaviour), ("r", each.reads_as)) if digest]
    return found if each.behaviour else [*found, ("s", each.said)]


def _kind(part: Sequence[Traits]) -> Kind:
    if part[0].behaviour is None:
        return Kind.STOPPED
    return Kind.BEHAVES if len({each.behaviour for each in part}) == 1 else Kind.READS


def _group(kind: Kind, shared: object, members: Sequence[Traits]) -> Group:
    earned = {each.earned for each in members}
    digest = blake2b(
        repr((kind.value, members[0].judged if kind in _BY_JUDGED else "", shared)).encode(), digest_size=8
    )
    return Group(
        id=digest.hexdigest()[:_DIGITS],
        kind=kind,
        members=tuple(each.of for each in members),
        mistake=str(shared) if kind is Kind.MISTAKE else None,
        earned=earned.pop() if len(earned) == 1 else None,
    )
