"""Whose is what: the claim that one thing found belongs to one student, and the type of what makes claims, a layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from grader.intake import Student
from grader.intake.found import Found, Kind

#: the age of files that a layout does not date
UNDATED: Final[tuple[float, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """All that was found below one named folder or zip, called `name`; every `parts` starts there."""

    name: str
    found: tuple[Found, ...]
    is_zip: bool = False

    def without(self, kind: Kind) -> Tree:
        """The same without what is of this kind."""
        return replace(self, found=tuple(found for found in self.found if found.kind is not kind))

    def stripped(self) -> Tree:
        """Without the single folder that holds everything, which gives its name."""
        inner = [replace(found, parts=found.parts[1:]) for found in self.found if len(found.parts) > 1]
        return Tree(name=next(f.parts[0] for f in self.found if f.parts), found=tuple(inner), is_zip=self.is_zip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`found` is `student`'s. A roster may know them by one of `identities` or `names`.

    Of several files the one of highest `age` counts, for the reason `because`; then other things decide.
    """

    found: Found
    student: Student
    identities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    age: tuple[float, ...] = UNDATED
    because: str = ""
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
    return [found for found in tree.found if found.kind in (Kind.NOTEBOOK, Kind.REFUSED) and found.parts]
