"""What was handed in on somebody else's platform, as the seam: whose it is, when it came, where its files lie.

Canvas and Moodle are two of these. What becomes of the files here is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from grader.classes.platform_api.gradebook import PersonThere


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file there, by the name that its student gave it. `bytes`: how large the platform says it is, if it does."""

    name: str
    address: str
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """One attempt: of several people where a group handed in together, with the first as number 1."""

    people: tuple[str, ...]
    number: int
    at: datetime | None
    late: bool
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All attempts that were asked for, and how many are only begun."""

    attempts: tuple[HandedIn, ...]
    drafts: int = 0


class Work(Protocol):
    """An assignment that people hand in to. All of it raises UsageError where the platform refuses for a reason that
    somebody can take away, and SiteFailed where asking again may help."""

    def title(self) -> str:
        """What it is called. Raises UsageError, too, where nobody would learn whose anything is."""

    def people(self) -> Sequence[PersonThere]:
        """All students of the course."""

    def handed_in(self, *, everything: bool) -> Everything:
        """Of each the latest attempt, or with `everything` all attempts."""

    def file(self, attachment: Attachment, *, most: int) -> bytes:
        """One file of at most so many bytes. Raises `Declined`, too, where this one is not to be had."""
