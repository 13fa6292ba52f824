"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from grader.messages import Message, counted, english


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [(1, "second", "1 second"), (2, "second", "2 seconds"), (0, "check", "0 checks"), (1200, "value", "1,200 values")],
)
def test_a_noun_agrees_with_its_number(number: int, noun: str, text: str) -> None:
    """One is singular, everything else is not."""
    assert english(counted(number, noun)) == text


def test_a_message_without_a_key_says_nothing_of_the_catalogue() -> None:
    """gettext answers the empty key with the head of its file; a stored report may hold any key."""
    assert english(Message("")) == ""
