"""Numbers as pictures: SVG that stands in a page, coloured by the page's style sheet and read out by its caption.

A picture takes plain numbers and labels of ours; no student text comes in here, and nothing is judged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 360, 180
LEFT, RIGHT, TOP, BOTTOM = 52, 350, 10, 158
#: points of one line; a longer series is thinned to about as many
MOST_POINTS = 400
SHADES = 8
PANEL = 168


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Places on the canvas: `steps` positions from left to right, `low` to `high` from the bottom up."""

    steps: int
    low: float
    high: float

    def x(self, step: float) -> float:
        return round((LEFT + RIGHT) / 2 if self.steps < 2 else LEFT + (RIGHT - LEFT) * step / (self.steps - 1), 1)

    def y(self, value: float) -> float:
        share = 0.5 if self.high == self.low else (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)  # halved, so that the biggest floats do not overflow


def vectors(yours: Sequence[float], expected: Sequence[float], differs: Sequence[bool], *, label: str) -> Markup:
    """Two series of one length as lines over their index; a bar joins the two wherever they differ."""
    scale = _scale(len(yours), (*yours, *expected))
    pairs = enumerate(zip(yours, expected, differs, strict=True))
    bars = "".join(
        f"M{scale.x(n)} {scale.y(mine)}V{scale.y(asked)}"
        for n, (mine, asked, wrong) in pairs
        if wrong and math.isfinite(mine) and math.isfinite(asked)
    )
    rings = [(n, mine) for n, (mine, wrong) in enumerate(zip(yours, differs, strict=True)) if wrong]
    return _picture(
        label,
        HEIGHT,
        _axes(scale, "0", str(len(yours) - 1)),
        _path("gap", bars),
        _path("expected", _line(scale, expected)),
        _path("yours", _line(scale, yours)),
        Markup("").join(
            Markup('<circle class="wrong" cx="{}" cy="{}" r="3.5"/>').format(scale.x(n), scale.y(mine))
            for n, mine in rings
            if math.isfinite(mine)
        ),
    )


def matrices(
    yours: Sequence[Sequence[float]],
    expected: Sequence[Sequence[float]],
    differs: Sequence[Sequence[bool]],
    *,
    label: str,
    titles: tuple[str, str],
) -> Markup:
    """Two matrices of one shape as heat maps on one scale, side by side; cells that differ are framed in both."""
    rows, columns = len(yours), len(yours[0])
    side = min(PANEL / columns, PANEL / rows)
    low, high = _bounds(number for matrix in (yours, expected) for row in matrix for number in row)
    wrong = [(r, c) for r, line in enumerate(differs) for c, is_wrong in enumerate(line) if is_wrong]
    panels = Markup("").join(
        Markup('<text x="{}" y="11">{}</text><g transform="translate({} 18) scale({})">{}{}</g>').format(
            left, title, left, round(side, 3), _cells(matrix, low, high), _path("wrong", _squares(wrong))
        )
        for left, title, matrix in zip((2, WIDTH - PANEL - 2), titles, (yours, expected), strict=True)
    )
    return _picture(label, 22 + math.ceil(side * rows), panels)


def curve(
    values: Sequence[float], target: float | None, *, label: str, target_label: str, steps: Sequence[int] = ()
) -> Markup:
    """A series over its steps, and the value it has to reach as a dashed line. Values are evenly apart, as an author
    who picks the `steps` spaces them; without `steps` they are counted from 0."""
    first, last = (steps[0], steps[-1]) if steps else (0, len(values) - 1)
    scale = _scale(len(values), values if target is None else (*values, target))
    goal = Markup("")
    if target is not None and math.isfinite(target):
        height = scale.y(target)
        goal = _path("target", f"M{LEFT} {height}H{RIGHT}") + Markup('<text x="{}" y="{}">{}</text>').format(
            LEFT + 5, height - 4 if height > TOP + 12 else height + 12, target_label
        )
    return _picture(label, HEIGHT, _axes(scale, str(first), str(last)), goal, _path("yours", _line(scale, values)))


def bar(parts: Sequence[tuple[int, int]]) -> Markup:
    """Earned of possible points, a block for each exercise. It repeats what stands beside it, so it is not read out."""
    whole = sum(possible for _, possible in parts) or 1
    blocks = Markup("")
    start = 0.0
    for earned, possible in parts:
        width = WIDTH * possible / whole
        filled = width * earned / possible if possible else 0
        for name, size in (("empty", width), ("full", filled)):
            shown = max(round(size - 2, 1), 0)
            blocks += Markup('<rect class="{}" x="{}" width="{}" height="10" rx="2"/>').format(
                name, round(start + 1, 1), shown
            )
        start += width
    return Markup('<svg class="bar" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        WIDTH, blocks
    )


def histogram(counts: Sequence[int], names: Sequence[str], *, label: str) -> Markup:
    """Counts as columns side by side, each with its number on top and its name below."""
    tallest = max(counts, default=0) or 1
    width = (WIDTH - 2) / len(counts)
    columns = Markup("")
    for place, (count, name) in enumerate(zip(counts, names, strict=True)):
        height = (BOTTOM - TOP - 12) * count / tallest
        middle = round(1 + width * (place + 0.5), 1)
        columns += Markup('<rect class="column" x="{}" y="{}" width="{}" height="{}"/>').format(
            round(1 + width * place + 2, 1), round(BOTTOM - height, 1), round(width - 4, 1), round(height, 1)
        )
        columns += Markup('<text class="middle" x="{}" y="{}">{}</text>').format(middle, BOTTOM + 14, name)
        if count:
            columns += Markup('<text class="middle" x="{}" y="{}">{}</text>').format(
                middle, round(BOTTOM - height - 4, 1), count
            )
    return _picture(label, HEIGHT, columns)


def _picture(label: str, height: int, *parts: Markup) -> Markup:
    return Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, label, Markup("").join(parts)
    )


def _path(name: str, places: str) -> Markup:
    return Markup('<path class="{}" d="{}"/>').format(name, places) if places else Markup("")


def _line(scale: _Scale, values: Sequence[float]) -> str:
    """A path through all finite values; it breaks where one is not, and a lone point stays visible as a dot."""
    step = max(1, math.ceil(len(values) / MOST_POINTS))
    kept = [n for n in range(len(values)) if n % step == 0 or n == len(values) - 1]
    pieces, joined = [], False
    for n in kept:
        if finite := math.isfinite(values[n]):
            pieces.append(f"{'L' if joined else 'M'}{scale.x(n)} {scale.y(values[n])}{'' if joined else 'h0'}")
        joined = finite
    return "".join(pieces)


def _scale(steps: int, values: Iterable[float]) -> _Scale:
    low, high = _bounds(values)
    return _Scale(steps=steps, low=low, high=high)


def _bounds(values: Iterable[float]) -> tuple[float, float]:
    finite = [value for value in values if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (0.0, 0.0)


def _axes(scale: _Scale, first: str, last: str) -> Markup:
    marks = [(scale.low, BOTTOM), (scale.high, TOP + 6)] if scale.high > scale.low else [(scale.low, BOTTOM)]
    heights = Markup("").join(
        Markup('<text class="end" x="{}" y="{}">{}</text>').format(LEFT - 6, height, f"{value:.3g}")
        for value, height in marks
    )
    ends = Markup('<text x="{}" y="{}">{}</text><text class="end" x="{}" y="{}">{}</text>').format(
        LEFT, HEIGHT - 6, first, RIGHT, HEIGHT - 6, last
    )
    return _path("axis", f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}") + heights + ends


def _cells(matrix: Sequence[Sequence[float]], low: float, high: float) -> Markup:
    """One path for each shade: a thousand cells stay a few kilobytes."""
    shades: dict[int, list[tuple[int, int]]] = {}
    strange = []
    for r, row in enumerate(matrix):
        for c, value in enumerate(row):
            if math.isfinite(value):
                share = 0.0 if high == low else (value / 2 - low / 2) / (high / 2 - low / 2)
                shades.setdefault(round(share * SHADES), []).append((r, c))
            else:
                strange.append((r, c))
    paths = (
        Markup('<path class="shade" fill-opacity="{}" d="{}"/>').format(
            round(0.06 + 0.94 * shade / SHADES, 2), _squares(places)
        )
        for shade, places in sorted(shades.items())
    )
    crosses = "".join(f"M{c} {r}l1 1M{c + 1} {r}l-1 1" for r, c in strange)
    return Markup("").join(paths) + _path("strange", crosses)


def _squares(places: Iterable[tuple[int, int]]) -> str:
    return "".join(_square(r, c) for r, c in places)


def _square(row: int, column: int) -> str:
    return f"M{column} {row}h1v1h-1z"
