"""Where reports are kept, as the seam: a folder's journal is one store, a database can be another.

A key stands for all that a report depends on (`fingerprint.py`), so under one key there is one report. It is complete:
what a reader may see of it is decided when it is drawn. Files, languages and readers are not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from grader.report.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A complete report; `looks_like` names the assignment that the notebook seems to answer instead."""

    report: Report
    looks_like: str | None = None


class ReportStore(Protocol):
    """Keeps reports by their keys. It only spares work: what it has lost is graded again."""

    def find(self, key: str) -> Kept | None:
        """What is kept under this key. Raises UsageError if the store cannot be used."""

    def keep(self, kept: Kept, *keys: str) -> None:
        """Keep a report under each of these keys, in the place of whatever was there.

        When this returns, it survives a crash of the machine. Raises UsageError if it cannot be kept.
        """


class InMemory:
    """A store for tests, which ends with its process."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def find(self, key: str) -> Kept | None:
        """See `ReportStore.find`."""
        return self._kept.get(key)

    def keep(self, kept: Kept, *keys: str) -> None:
        """See `ReportStore.keep`."""
        self._kept.update(dict.fromkeys(keys, kept))
