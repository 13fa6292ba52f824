"""What was drawn with matplotlib, as plain data. Lives in the room; nothing is judged here.

Figures are found by the classes of the library, as it was before any student code ran, and read through their methods:
an object whose class merely bears such a name is none. No window is opened and no picture is painted.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.wall.figure import MAX_AXES, MAX_LABELS, MAX_MARKS, MAX_NUMBERS, Axes, Figure, Marks
from grader.wall.values import Value, freeze


class _TooLargeError(Exception):
    """More is drawn than is read."""


@functools.cache
def library() -> SimpleNamespace | None:
    """The classes of matplotlib; None where no room has loaded it. Called first before any student code."""
    if "matplotlib.pyplot" not in sys.modules:
        return None
    from matplotlib import _pylab_helpers as open_figures
    from matplotlib import axes, axis, category, collections, container, figure, image, legend, lines, text, ticker

    return SimpleNamespace(
        Figure=figure.Figure,
        Axes=axes.Axes,
        Axis=axis.Axis,
        Bars=container.BarContainer,
        Image=image.AxesImage,
        Legend=legend.Legend,
        Line=lines.Line2D,
        Scatter=collections.PathCollection,
        Text=text.Text,
        given_texts=(ticker.FixedFormatter, ticker.FuncFormatter, category.StrCategoryFormatter),
        open=open_figures.Gcf,
    )


def clear() -> None:
    """Close what is open, as a notebook does behind each cell: what is drawn then is new."""
    if (found := library()) is not None:
        found.open.destroy_all()


def figure_of(returned: Any) -> Value:
    """The figure that was returned, itself, by its axes or among others; else the one that was drawn in last; None if
    there is none. Raises what the reading of an odd one raises."""
    known = library()
    figure = None if known is None else _among(known, returned) or _drawn(known)
    if known is None or figure is None:
        return None
    try:
        return freeze(_Reader(known).figure(figure))
    except _TooLargeError:
        return freeze(Figure(too_large=True))


def _is(thing: object, kind: type) -> bool:
    """Whether it is of the class, whatever it says of itself."""
    return kind in type.__dict__["__mro__"].__get__(type(thing))


def _returned(known: SimpleNamespace, thing: Any) -> Any:
    if _is(thing, known.Figure):
        return thing
    if _is(thing, known.Axes):
        return _is(thing.figure, known.Figure) and thing.figure
    return None


def _among(known: SimpleNamespace, returned: Any) -> Any:
    """The figure that was returned by itself, or in a tuple or list as `plt.subplots` gives it."""
    if _is(returned, tuple) or _is(returned, list):
        return next((found for each in returned[:MAX_AXES] if (found := _returned(known, each))), None)
    return _returned(known, returned)


def _drawn(known: SimpleNamespace) -> Any:
    manager = known.open.get_active()
    return None if manager is None else manager.canvas.figure


def _place(spec: Any) -> str:
    """As the arguments of `plt.subplot`; empty for axes that are in no grid."""
    if spec is None:
        return ""
    rows, columns, first, last = spec.get_geometry()
    return f"{rows}, {columns}, {first + 1}" if first == last else f"{rows}, {columns}, ({first + 1}, {last + 1})"


class _Reader:
    """One figure while it is read, and how much has been read of it."""

    def __init__(self, known: SimpleNamespace) -> None:
        self._known = known
        self._marks = 0
        self._numbers = 0

    def figure(self, figure: Any) -> Figure:
        """The whole figure. Raises _TooLargeError."""
        axes = [each for each in self._known.Figure.get_axes(figure) if _is(each, self._known.Axes)]
        if len(axes) > MAX_AXES:
            raise _TooLargeError
        title = self._text(getattr(figure, "_suptitle", None))
        return Figure(suptitle=title, axes=tuple(map(self._axes, axes)))

    def _axes(self, axes: Any) -> Axes:
        kind = self._known.Axes
        return Axes(
            title=str(kind.get_title(axes)),
            xlabel=str(kind.get_xlabel(axes)),
            ylabel=str(kind.get_ylabel(axes)),
            xscale=str(kind.get_xscale(axes)),
            yscale=str(kind.get_yscale(axes)),
            subplot=_place(kind.get_subplotspec(axes)),
            xticks=self._ticks(axes.xaxis),
            yticks=self._ticks(axes.yaxis),
            legend=self._legend(kind.get_legend(axes)),
            lines=tuple(map(self._line, self._among(axes.lines, self._known.Line))),
            bars=tuple(map(self._bars, self._among(axes.containers, self._known.Bars))),
            scatter=tuple(map(self._scatter, self._among(axes.collections, self._known.Scatter))),
            images=tuple(map(self._image, self._among(axes.images, self._known.Image))),
        )

    def _among(self, things: Iterable[Any], kind: type) -> Iterator[Any]:
        for each in things:
            if _is(each, kind):
                self._marks += 1
                if self._marks > MAX_MARKS:
                    raise _TooLargeError
                yield each

    def _line(self, line: Any) -> Marks:
        x, y = (get(line, orig=False) for get in (self._known.Line.get_xdata, self._known.Line.get_ydata))
        return Marks(x=self._array(x), y=self._array(y))

    def _bars(self, bars: Any) -> Marks:
        upright = bars.orientation != "horizontal"
        patches = bars.patches
        self._count(2 * len(patches))
        place, length = ("x", "height") if upright else ("y", "width")
        breadth = "width" if upright else "height"
        at = [getattr(each, f"get_{place}")() + getattr(each, f"get_{breadth}")() / 2 for each in patches]
        return Marks(x=self._array(at), y=self._array([getattr(each, f"get_{length}")() for each in patches]))

    def _scatter(self, scatter: Any) -> Marks:
        offsets = self._array(self._known.Scatter.get_offsets(scatter)).reshape(-1, 2)
        return Marks(x=offsets[:, 0].copy(), y=offsets[:, 1].copy())

    def _image(self, image: Any) -> Any:
        return self._array(self._known.Image.get_array(image))

    def _array(self, numbers: Any) -> Any:
        """Plain numbers (float64), counted before they are copied; what is masked is NaN."""
        if not isinstance(numbers, np.ma.MaskedArray):
            numbers = np.asarray(numbers)
        self._count(numbers.size)
        return np.array(np.ma.filled(np.ma.asarray(numbers, dtype=np.float64), np.nan), dtype=np.float64)

    def _count(self, more: int) -> None:
        self._numbers += more
        if self._numbers > MAX_NUMBERS:
            raise _TooLargeError

    def _legend(self, legend: Any) -> tuple[str, ...]:
        return self._texts(self._known.Legend.get_texts(legend)) if _is(legend, self._known.Legend) else ()

    def _ticks(self, axis: Any) -> tuple[str, ...]:
        """The texts that were given to ticks; what the library writes of numbers by itself is nobody's work."""
        if not _is(axis, self._known.Axis):
            return ()
        if not any(_is(self._known.Axis.get_major_formatter(axis), kind) for kind in self._known.given_texts):
            return ()
        return self._texts(self._known.Axis.get_ticklabels(axis))

    def _texts(self, things: Any) -> tuple[str, ...]:
        if len(things) > MAX_LABELS:
            raise _TooLargeError
        return tuple(map(self._text, things))

    def _text(self, thing: Any) -> str:
        return str(self._known.Text.get_text(thing)) if _is(thing, self._known.Text) else ""
