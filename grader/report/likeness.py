"""Which submissions of a class are alike in what is rare in it, as data. Version 1. Nothing is said of why.

Here live its types. What is compared, and by which rule, is `classes/likeness/`, how it looks `render/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from grader.report.report import AssignmentReference, Record


class LikenessRule(Record):
    """By what a pair is listed: a `share`, from 0 to 1, of at least `least`, and `bits` in common at least.
    `least` is None where no share would tell anything, and `fixed` where the class was too small to go by.

    `submissions` were handed in, `compared` had anything to compare; `pairs` of those there are, half of which share at
    most `median` and all but one in twenty at most `high`. `handed_out`: what students were given, and the reference
    with its variants, was known and left out.
    """

    submissions: int
    compared: int
    pairs: int
    median: float
    high: float
    least: float | None
    bits: float
    fixed: bool
    handed_out: bool


class AlikePair(Record):
    """Two students whose submissions are worth reading together: what they share of what is rare in the class, over all
    exercises and in each in which both have something to compare. `same_file`: byte for byte."""

    students: tuple[str, str]
    share: float
    exercises: dict[str, float]
    same_file: bool = False


class Unread(Record):
    """An answer that could not be compared: it is no Python, or took too long to read."""

    student: str
    exercise: str


class Likeness(Record):
    """The pairs, those with the highest share first; students by id, `names` those that the roster gave. A cluster are
    three or more whom pairs join. In `too_short` exercises no answer was long enough to say anything."""

    schema_version: int = 1
    assignment: AssignmentReference | None
    exercises: dict[str, str]
    rule: LikenessRule
    pairs: tuple[AlikePair, ...]
    clusters: tuple[tuple[str, ...], ...] = ()
    too_short: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """An answer as it was written, and which of its lines, counted from 1, belong to which passage."""

    source: str
    passages: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideEachOther:
    """The answers of a pair to one exercise; a passage has the same number in both."""

    exercise: str
    one: MarkedText
    other: MarkedText
