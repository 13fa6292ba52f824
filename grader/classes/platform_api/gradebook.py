"""A column of somebody else's gradebook, as the seam: whoever is there, what they have, how grades get in.

Canvas and Moodle are two of these. Points are on the scale of the column; who of ours is who there is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, Protocol

from grader.messages import Message

#: what a platform shows of a grade; it may keep more digits
CENT: Final = Decimal("0.01")


class By(StrEnum):
    """By what a person is known there, the surest first."""

    ID = "id"
    NUMBER = "number"
    LOGIN = "login"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnThere:
    """The assignment there. `maximum`: its points; None where it has none. `notes`: what whoever sends should know."""

    title: str
    maximum: Decimal | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonThere:
    """A student there by the platform's own id."""

    id: str
    name: str
    known_by: Mapping[By, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeThere:
    """What somebody has there today, rounded to cents; `excused`: a teacher took them out of this assignment."""

    points: Decimal | None
    excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One grade on its way, with a comment or none."""

    person: str
    points: Decimal
    comment: str | None = None


class Gradebook(Protocol):
    """A column that can be asked and written. All of it raises UsageError where the platform refuses for a reason that
    somebody can take away, and SiteFailed where asking again may help."""

    @property
    def place(self) -> str:
        """Which column of which site, for the journal: never the same for two."""

    @property
    def most_at_once(self) -> int:
        """How many grades `send` takes."""

    def column(self) -> ColumnThere:
        """The column. Raises UsageError, too, where no grade could be given in it."""

    def people(self) -> Sequence[PersonThere]:
        """All students of the course."""

    def standings(self) -> Mapping[str, GradeThere]:
        """What they have today, by their ids; whoever has nothing may be missing."""

    def send(self, sendings: Sequence[Sending]) -> None:
        """Give these grades; it returns when the platform says that it is done, which proves nothing."""


def cents(points: Decimal) -> Decimal:
    """Points as they are sent and compared."""
    return points.quantize(CENT, rounding=ROUND_HALF_UP)
