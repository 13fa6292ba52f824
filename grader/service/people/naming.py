"""What people of a course are called in tables, one name each: what the school calls them, else their address. The site
and whoever pulls from it find the same names from the same people. No database stands here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody by the number of their row, the school's number and their address."""

    id: int
    number: str | None
    email: str | None


def names_of(people: Iterable[Called]) -> dict[int, str]:
    """A name for each of all students of a course, by the number of their row; two of one name are told apart."""
    everybody = list(people)
    names = {each.id: each.number or each.email or str(each.id) for each in everybody}
    often = Counter(names.values())
    return {row: name if often[name] == 1 else f"{name}-{row}" for row, name in names.items()}
