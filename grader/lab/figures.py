"""The rule for figures as an author writes it: what of a figure counts. Nothing is compared here."""

from __future__ import annotations

from grader.judging.compare import Tolerance
from grader.judging.figures import Draws


def figure(
    *,
    title: bool = False,
    labels: bool = False,
    legend: bool = False,
    lines: bool = False,
    bars: bool = False,
    scatter: bool = False,
    images: bool = False,
    scales: bool = False,
    ticks: bool = False,
    layout: bool = False,
    tolerance: Tolerance | None = None,
) -> Draws:
    """What `draws` tells agrees with what the reference draws, in all that is true here, and in the number of axes.

    With `layout` axes stand in the same places, too. Titles and labels agree whatever their capitals and blanks; lines
    in any order, and points of a scatter. Each aspect of each pair of axes that the reference has earns its share of
    the points. Raises ValueError if nothing counts.
    """
    said = {
        "title": title,
        "labels": labels,
        "legend": legend,
        "lines": lines,
        "bars": bars,
        "scatter": scatter,
        "images": images,
        "scales": scales,
        "ticks": ticks,
    }
    aspects = tuple(name for name, counts in said.items() if counts)
    if not aspects:
        raise ValueError("figure: nothing of the figure counts; say so, as in figure(title=True, lines=True)")
    return Draws(tolerance=tolerance or Tolerance(), aspects=aspects, layout=layout)  # type: ignore[arg-type]  # names of aspects
