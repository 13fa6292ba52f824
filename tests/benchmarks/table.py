"""The table of measures: its rows, as text and as the part of README.md between two marks. Measures nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: written by `make bench`, not by hand -->", "<!-- end of figures -->"
HEADINGS = ("what", "reach", "measured", "verdict")


class Standing(StrEnum):
    """How a figure stands against its reach."""

    REACHED = "reached"
    NOT_REACHED = "not reached"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much to measure: repetitions behind each median, rooms in the storm, submissions of the largest NumPy class
    and of the digits class, moments at which a class is killed, submissions for each of the other graders."""

    runs: int
    rooms: int
    arrays: int
    digits: int
    kills: int
    peers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure."""

    what: str
    reach: str
    measured: str
    standing: Standing


def row(what: str, figure: float, *, reach: float, unit: str, scale: float = 1, note: str = "") -> Row:
    """A figure that should be at most `reach`, both in `unit`; it is shown multiplied by `scale`."""
    measured = f"{figure * scale:.3g}{unit}" + (f" ({note})" if note else "")
    standing = Standing.REACHED if figure <= reach else Standing.NOT_REACHED
    return Row(what=what, reach=f"<= {reach * scale:g}{unit}", measured=measured, standing=standing)


def at_least(what: str, figure: float, *, reach: float, unit: str, note: str = "") -> Row:
    """A figure that should be at least `reach`, both in `unit`."""
    measured = f"{figure:.3g}{unit}" + (f" ({note})" if note else "")
    standing = Standing.REACHED if figure >= reach else Standing.NOT_REACHED
    return Row(what=what, reach=f">= {reach:g}{unit}", measured=measured, standing=standing)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *((r.what, r.reach, r.measured, r.standing.value) for r in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def shown(rows: Iterable[Row]) -> int:
    """Print each as it is measured, and the table; 1 if a reach was missed."""
    measured = []
    for each in rows:
        sys.stderr.write(f"{each.standing.value}: {each.what}: {each.measured}\n")
        measured.append(each)
    sys.stdout.write(f"{table(measured)}\n")
    return int(any(each.standing is Standing.NOT_REACHED for each in measured))


def with_figures(page: str, figures: str) -> str:
    """The page with `figures` between its two marks. Raises ValueError if a mark is gone."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{README.name} has lost its marks. Put these two lines back:\n{BEGIN}\n{END}")
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"
