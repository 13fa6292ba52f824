"""The rule for what was drawn: a figure agrees with the reference's in the aspects that the lab asks for.

Each aspect of each pair of axes is a part that earns its share of the points. Parts are called as matplotlib calls what
makes them, which is also what a student has to look for: `ylabel`, `legend`, `plot`. What a room tells of a figure is a
claim; it is read in `drawings.py`, and nothing of it is believed beyond what is compared here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from grader.errors import CourseError
from grader.judging.captions import plain, text, texts
from grader.judging.compare import Part, Tolerance, difference, told_apart
from grader.judging.drawings import read_figure
from grader.judging.examination import Fault
from grader.judging.marks import apart, in_order, order_of
from grader.judging.question import Reaction
from grader.judging.rules import Agrees, is_out_of_proportion, told
from grader.messages import Message, say
from grader.wall.figure import MAX_AXES, MAX_MARKS, MAX_NUMBERS, Axes, Figure, Marks
from grader.wall.values import Array

AspectOfFigure: TypeAlias = Literal[
    "title", "labels", "legend", "lines", "bars", "scatter", "images", "scales", "ticks"
]
#: what is wrong with one aspect of a pair of axes, by the name of what makes it
Looks: TypeAlias = Callable[[Axes, Axes, Tolerance], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class Draws(Agrees):
    """The figure has as many axes as the reference's, with `layout` in the same places, and agrees with it in these
    `aspects`; see `lab.figure`. Axes alone earn nothing: a template may have made them."""

    aspects: tuple[AspectOfFigure, ...] = ()
    layout: bool = False

    def fault(self, reaction: Reaction) -> Fault | None:
        asked, value = read_figure(reaction.expected), reaction.seen.value
        if asked is None or asked.too_large:
            raise CourseError(
                "the rule `figure` compares what `draws` tells, and the reference drew nothing that can be read there; "
                "correct the check in assignment.py, or what solution.py draws"
            )
        if is_out_of_proportion(value, reaction.expected, reaction.args):
            return told(_too_large())
        mine = read_figure(value)
        if mine is None:
            return told(say("figure_none"))
        if mine.too_large:
            return told(_too_large())
        if len(mine.axes) != len(asked.axes):
            return told(say("figure_axes", found=len(mine.axes), asked=len(asked.axes)))
        if self.layout and (moved := next(_elsewhere(mine, asked), None)) is not None:
            return told(moved)
        parts = tuple(self._parts(mine, asked))
        fault = told(told_apart(parts))
        return None if fault is None else replace(fault, parts=parts)

    def _parts(self, mine: Figure, asked: Figure) -> Iterator[Part]:
        if "title" in self.aspects:
            yield from text("suptitle", mine.suptitle, asked.suptitle)
        for number, (one, other) in enumerate(zip(mine.axes, asked.axes, strict=True)):
            for aspect in self.aspects:
                for part in ASPECTS_OF_FIGURES[aspect](one, other, self.tolerance):
                    yield part if len(asked.axes) == 1 else _in_axes(number, part)


def _too_large() -> Message:
    return say("figure_too_large", axes=MAX_AXES, marks=MAX_MARKS, numbers=f"{MAX_NUMBERS:,}")


def _in_axes(number: int, part: Part) -> Part:
    """The part as one of several axes, which are counted as they are in Python: `axes[1].ylabel`."""
    wrong = None if part.wrong is None else say("figure_in_axes", axes=f"axes[{number}]", detail=part.wrong)
    return Part(f"axes[{number}].{part.name}", wrong)


def _elsewhere(mine: Figure, asked: Figure) -> Iterator[Message]:
    """The axes that stand in another place of the grid."""
    for number, (one, other) in enumerate(zip(mine.axes, asked.axes, strict=True)):
        if one.subplot != other.subplot:
            yield say("figure_elsewhere", axes=f"axes[{number}]", got=one.subplot or "-", asked=other.subplot or "-")


def _title(mine: Axes, asked: Axes, _: Tolerance) -> Iterator[Part]:
    yield from text("title", mine.title, asked.title)


def _labels(mine: Axes, asked: Axes, _: Tolerance) -> Iterator[Part]:
    yield from text("xlabel", mine.xlabel, asked.xlabel)
    yield from text("ylabel", mine.ylabel, asked.ylabel)


def _legend(mine: Axes, asked: Axes, near: Tolerance) -> Iterator[Part]:
    """Texts in the order of the lines that they name, in whichever order these were drawn."""
    found, wanted = mine.legend, asked.legend
    if len(found) == len(mine.lines) and len(wanted) == len(asked.lines):

        def agree(one: int, other: int) -> bool:
            named_alike = plain(found[one]) == plain(wanted[other])
            return named_alike and apart(mine.lines[one], asked.lines[other], near) is None

        order = order_of(len(found), len(wanted), agree)
        found = found if order is None else tuple(found[place] for place in order)
    yield from texts("legend", found, wanted)


def _scales(mine: Axes, asked: Axes, _: Tolerance) -> Iterator[Part]:
    for name, one, other in (("xscale", mine.xscale, asked.xscale), ("yscale", mine.yscale, asked.yscale)):
        if (one, other) != ("linear", "linear"):
            yield from text(name, one, other)


def _ticks(mine: Axes, asked: Axes, _: Tolerance) -> Iterator[Part]:
    yield from texts("xticks", mine.xticks, asked.xticks)
    yield from texts("yticks", mine.yticks, asked.yticks)


def _lines(mine: Axes, asked: Axes, near: Tolerance) -> Iterator[Part]:
    def agree(one: int, other: int) -> bool:
        return apart(mine.lines[one], asked.lines[other], near) is None

    if order_of(len(mine.lines), len(asked.lines), agree) is None:
        yield from _marks("plot", "figure_line", mine.lines, asked.lines, near)
    elif asked.lines:
        yield Part("plot")


def _bars(mine: Axes, asked: Axes, near: Tolerance) -> Iterator[Part]:
    yield from _marks("bar", "figure_bars", mine.bars, asked.bars, near)


def _scatter(mine: Axes, asked: Axes, near: Tolerance) -> Iterator[Part]:
    """The points of a scatter are in no order."""
    found, wanted = tuple(map(in_order, mine.scatter)), tuple(map(in_order, asked.scatter))
    yield from _marks("scatter", "figure_scatter", found, wanted, near)


def _images(mine: Axes, asked: Axes, near: Tolerance) -> Iterator[Part]:
    if len(mine.images) != len(asked.images):
        yield Part("imshow", _number("imshow", mine.images, asked.images))
    elif asked.images:
        pairs = zip(mine.images, asked.images, strict=True)
        wrong = (difference(Array(one), Array(other), near) for one, other in pairs)
        yield Part("imshow", _first("figure_image", wrong))


#: one function per aspect
ASPECTS_OF_FIGURES: Final[dict[AspectOfFigure, Looks]] = {
    "title": _title,
    "labels": _labels,
    "legend": _legend,
    "lines": _lines,
    "bars": _bars,
    "scatter": _scatter,
    "images": _images,
    "scales": _scales,
    "ticks": _ticks,
}


def _marks(name: str, key: str, mine: Sequence[Marks], asked: Sequence[Marks], near: Tolerance) -> Iterator[Part]:
    if len(mine) != len(asked):
        yield Part(name, _number(name, mine, asked))
    elif asked:
        yield Part(name, _first(key, (apart(*pair, near) for pair in zip(mine, asked, strict=True))))


def _number(name: str, mine: Sequence[Any], asked: Sequence[Any]) -> Message:
    return say("figure_number", part=name, found=len(mine), asked=len(asked))


def _first(key: str, wrong: Iterator[Message | None]) -> Message | None:
    """What is wrong with the first that is, and which one that is, counted from 1."""
    return next((say(key, number=n, detail=each) for n, each in enumerate(wrong, start=1) if each is not None), None)
