"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from grader.words import counted


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [(1, "second", "1 second"), (2, "second", "2 seconds"), (0, "check", "0 checks"), (1200, "entry", "1,200 entries")],
)
def test_a_noun_agrees_with_its_number(number: int, noun: str, text: str) -> None:
    """One is singular, everything else is not."""
    assert counted(number, noun) == text
