"""Whose is what: the claim that one thing found belongs to one student, and the type of what makes claims, a layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.found import FileKind, Found
from grader.messages import NOTHING, Message

#: the age of files that a layout does not date
UNDATED: Final[tuple[float, ...]] = ()
_MOST_WORDS: Final = 8
_LONGEST_NAME: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """All that was found below one named folder or zip, called `name`; every `parts` starts there."""

    name: str
    found: tuple[Found, ...]
    is_zip: bool = False

    def without(self, kind: FileKind) -> Tree:
        """The same without what is of this kind."""
        return replace(self, found=tuple(found for found in self.found if found.kind is not kind))

    def of_scripts(self) -> Tree:
        """With scripts in the place of notebooks, if there is none of those: a class that hands in scripts."""
        if any(found.kind is FileKind.NOTEBOOK for found in self.found):
            return self
        kinds = {FileKind.SCRIPT: FileKind.NOTEBOOK}
        return replace(self, found=tuple(replace(each, kind=kinds.get(each.kind, each.kind)) for each in self.found))

    def stripped(self) -> Tree:
        """Without the single folder that holds everything, which gives its name."""
        inner = [replace(found, parts=found.parts[1:]) for found in self.found if len(found.parts) > 1]
        return Tree(name=next(f.parts[0] for f in self.found if f.parts), found=tuple(inner), is_zip=self.is_zip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`found` is `student`'s. A roster may know them by one of `identities` or `names`.

    `own` is what the student called the file, where a platform calls it otherwise. `number` ends what the platform's
    own list calls them, after a word of its language. `pieces` are what the name falls into where no platform says
    which of them is whose, in several ways: a roster tells the place that holds students.

    Of several files the latest counts, for the reason `because`: the one of highest `age`, which tells attempts apart;
    within one, what they answer decides, and only then their `order`.
    """

    found: Found
    student: Student
    own: str = ""
    identities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    number: str = ""
    pieces: tuple[tuple[str, ...], ...] = ()
    age: tuple[float, ...] = UNDATED
    order: tuple[float, ...] = UNDATED
    because: Message = NOTHING
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a layout is asked: whose the things in `tree` are, for the assignment of this name if one was named.

    `dated` asks for ages that only tell one tree from another. `record_bytes` bounds what is read of a platform's own
    record.
    """

    tree: Tree
    assignment: str | None
    dated: bool
    record_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way in which platforms lay submissions out."""

    name: str
    recognises: Callable[[Tree], bool]
    claims: Callable[[Question], Iterator[Claim]]


def submitted(tree: Tree) -> list[Found]:
    """The notebooks, and what else was handed in and cannot be one."""
    kinds = (FileKind.NOTEBOOK, FileKind.SCRIPT, FileKind.REFUSED)
    return [found for found in tree.found if found.kind in kinds and found.parts]


def endings(words: Sequence[str]) -> tuple[str, ...]:
    """What underscored words may end in, the longest first: a login may hold underscores, and so may what is before."""
    return tuple("_".join(words[at:]) for at in range(max(1, len(words) - _MOST_WORDS), len(words)))


def matched(pattern: re.Pattern[str], name: str) -> re.Match[str] | None:
    """The match of a name as a whole. No platform writes longer ones than a disk takes, and patterns try again."""
    return pattern.fullmatch(name) if len(name) <= _LONGEST_NAME else None
