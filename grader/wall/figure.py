"""A figure as plain data: what of a drawing can be compared. Exists in the room too, which makes one and judges none.

It crosses as every dataclass does, by the names of its fields. A room tells of a figure what it likes, as of any value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

#: of one figure, and no more is read of it
MAX_AXES: Final = 50
MAX_MARKS: Final = 500  # lines, groups of bars, scatters and images, together
MAX_NUMBERS: Final = 1_000_000
MAX_LABELS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Points that are drawn together, float64 (n,): a line's in their order, a scatter's, or where bars stand and how
    long they are."""

    x: Any
    y: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """One pair of axes. `subplot` as in `plt.subplot`: "1, 2, 1" is the left of two, empty where there is no grid.

    Scales by matplotlib's names; ticks only where texts were given for them; images as arrays (rows, columns), or
    (rows, columns, 3 or 4) in colours.
    """

    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    xscale: str = "linear"
    yscale: str = "linear"
    subplot: str = ""
    xticks: tuple[str, ...] = ()
    yticks: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    lines: tuple[Marks, ...] = ()
    bars: tuple[Marks, ...] = ()
    scatter: tuple[Marks, ...] = ()
    images: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """All axes of a figure, in the order in which they were made. One that is `too_large` holds none."""

    suptitle: str = ""
    axes: tuple[Axes, ...] = ()
    too_large: bool = False
