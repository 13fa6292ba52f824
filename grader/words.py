"""Small words that several sentences need. No sentence lives here."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 second", "2 seconds", "1,200 entries" for the noun "entry"."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {plural}"
