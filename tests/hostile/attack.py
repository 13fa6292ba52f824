"""One attack as data: which classes of the catalogue it exercises, what is handed in, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.report import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A notebook whose exercise `double` must end in one of `verdicts` with `earned` points.

    More than one verdict stands where the load of the machine, or the tier, decides which limit is met first.
    """

    numbers: tuple[int, ...]
    name: str
    notebook: bytes
    verdicts: tuple[Verdict, ...]
    earned: int = 0


def attack(number: int | tuple[int, ...], name: str, notebook: bytes, *verdicts: Verdict, earned: int = 0) -> Attack:
    """An attack, with the full 10 points if `double` is to pass."""
    numbers = number if isinstance(number, tuple) else (number,)
    most = 10 if verdicts == (Verdict.PASSED,) else earned
    return Attack(numbers=numbers, name=name, notebook=notebook, verdicts=verdicts, earned=most)
