"""What came of one file of a class, as it travels from whoever graded it to the one process that keeps and draws.

It is light to import: processes that only carry it load nothing of grading.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What came of one file: its report, and the keys under which it may be kept, none if it may not.

    The report travels as JSON: measured, that takes a third of the time of pickling.
    """

    report: str
    keys: tuple[str, ...] = ()
    looks_like: str | None = None
    was_kept: bool = False
