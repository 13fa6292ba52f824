"""Marks that are drawn together, as a line's points: whether two agree, and where the first point differs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.judging.compare import Numbers, Tolerance
from grader.messages import Message, say
from grader.wall.figure import Marks


def order_of(found: int, wanted: int, agree: Callable[[int, int], bool]) -> list[int] | None:
    """Where each thing that was asked for is among those that were drawn; None if they are not the same things."""
    left = list(range(found))
    order: list[int] = []
    for each in range(wanted):
        place = next((n for n in left if agree(n, each)), None)
        if place is None:
            return None
        left.remove(place)
        order.append(place)
    return None if left else order


def apart(mine: Marks, asked: Marks, near: Tolerance) -> Message | None:
    """Where the first point that differs is; None if there is none."""
    if len(mine.x) != len(asked.x):
        return say("figure_points", found=len(mine.x), asked=len(asked.x))
    if (place := _differing(mine.x, asked.x, near)) is not None:
        return say("figure_place", point=place + 1, got=_short(mine.x, place), asked=_short(asked.x, place))
    if (place := _differing(mine.y, asked.y, near)) is not None:
        at, got = _short(asked.x, place), _short(mine.y, place)
        return say("figure_point", at=at, got=got, asked=_short(asked.y, place))
    return None


def _differing(mine: Numbers, asked: Numbers, near: Tolerance) -> int | None:
    with np.errstate(all="ignore"):
        close = np.isfinite(asked) & (np.abs(mine - asked) <= near.absolute + near.relative * np.abs(asked))
    wrong = np.flatnonzero(~(close | (mine == asked) | (np.isnan(mine) & np.isnan(asked))))
    return int(wrong[0]) if wrong.size else None


def _short(numbers: Numbers, place: int) -> str:
    return f"{float(numbers[place]):.6g}"


def in_order(marks: Marks) -> Marks:
    """The points from left to right: those of a scatter are in no order."""
    order = np.lexsort((marks.y, marks.x))
    return Marks(x=marks.x[order], y=marks.y[order])
