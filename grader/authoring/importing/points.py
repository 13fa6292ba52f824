"""Points as authors of other graders write them, read as exact numbers. Nothing is counted here."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

#: as people, YAML and JSON write a number; no exponent that makes a large one of few characters
_POINTS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,20})?(e-[0-9]{1,2})?")


def points_of(said: object) -> Fraction:
    """The points that a number or its text says. Raises ValueError for any other, below 0 or of a million and more."""
    text = str(said)
    if not _POINTS.fullmatch(text):
        raise ValueError(f"its points are {text[:40]!r}, which is no number from 0 to 999999")
    return Fraction(text)
