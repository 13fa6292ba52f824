"""A counterexample made easy to see: entry by entry while it is small, as a picture when looking beats reading.

What differs was judged before; here entries are only pointed at. What cannot be set side by side stays text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from grader.messages import Words
from grader.render.drawing import matrices, vectors
from grader.report.report import Counterexample, Shown

#: vectors up to this length are a row of numbers, longer ones a line; likewise for rows and columns of a matrix
MOST_ENTRIES = 8
#: as NumPy's isclose has it; exact enough to point at an entry, and the judge's own tolerance is not in the report
RELATIVE, ABSOLUTE = 1e-5, 1e-8

Numbers: TypeAlias = npt.NDArray[np.float64]
Marks: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One number of an array as text, and whether it differs from its counterpart."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled row of entries; `kind` tells dtype and shape where the results differ in them."""

    label: str
    entries: tuple[Entry, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A small array as a table: the input if it has the same entries, the student's, the expected."""

    label: str
    columns: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The two results side by side: as grids, or as a picture with a caption, or neither.

    Kinds (type, dtype, shape) are told only where they differ.
    """

    yours_kind: str = ""
    expected_kind: str = ""
    grids: tuple[Grid, ...] = ()
    picture: Markup | None = None
    two_lines: bool = False
    caption: str = ""


def comparison(example: Counterexample, words: Words) -> Comparison:
    """How `example` is best looked at."""
    if example.got is None or example.expected is None:
        return Comparison()
    kinds = _kinds(example.got, example.expected, words)
    bare = Comparison(yours_kind=kinds[0], expected_kind=kinds[1])
    yours, expected = _numbers(example.got), _numbers(example.expected)
    if yours is None or expected is None or yours.shape != expected.shape or yours.ndim not in (1, 2) or not yours.size:
        return bare
    differs = _differs(yours, expected)
    if max(yours.shape) > MOST_ENTRIES:
        picture = _picture(yours, expected, differs, words)
        caption = _caption(yours, expected, differs, words)
        return replace(bare, picture=picture, two_lines=yours.ndim == 1, caption=caption)
    if yours.ndim == 1:
        return replace(bare, grids=(_beside(example, yours, expected, differs, bare, words),))
    return replace(bare, grids=_two_grids(yours, expected, differs, words))


def _kinds(got: Shown, expected: Shown, words: Words) -> tuple[str, str]:
    """Of both what tells them apart: the type of a list beside an array, else dtype and shape."""
    if got.shape is None or expected.shape is None:
        return ("", "") if got.type == expected.type else (got.type, expected.type)

    def told(value: Shown) -> str:
        dtype = value.dtype if got.dtype != expected.dtype else None
        shape = words.say("page_shape", shape=str(value.shape)) if got.shape != expected.shape else None
        return ", ".join(part for part in (dtype, shape) if part)

    return told(got), told(expected)


def _numbers(value: Shown) -> Numbers | None:
    """The entries as float64, in their shape; None if they are not at hand or no real numbers."""
    if value.data is None or value.shape is None or len(value.data) != math.prod(value.shape):
        return None
    try:
        return np.array([float(entry) for entry in value.data], dtype=np.float64).reshape(value.shape)
    except (ValueError, OverflowError):
        return None


def _differs(yours: Numbers, expected: Numbers) -> Marks:
    return ~np.isclose(yours, expected, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)


def _beside(
    example: Counterexample, yours: Numbers, expected: Numbers, differs: Marks, kinds: Comparison, words: Words
) -> Grid:
    """Two vectors as rows of one table, below the input if that has the same entries."""
    write = _writer(yours[differs], expected[differs])
    given = [_numbers(value) for value in example.inputs]
    alone = given[0] if len(given) == 1 else None
    rows = [
        Row(label=words.say("page_yours"), entries=_entries(yours, differs, write), kind=kinds.yours_kind),
        Row(label=words.say("page_expected"), entries=_entries(expected, None, write), kind=kinds.expected_kind),
    ]
    if alone is not None and alone.shape == yours.shape:
        rows.insert(0, Row(label=words.say("page_input"), entries=_entries(alone, None, _short)))
    return Grid(label=words.say("page_entries"), columns=len(yours), rows=tuple(rows))


def _two_grids(yours: Numbers, expected: Numbers, differs: Marks, words: Words) -> tuple[Grid, Grid]:
    """Two matrices as two tables."""
    write = _writer(yours[differs], expected[differs])

    def grid(whose: str, matrix: Numbers, marks: Marks) -> Grid:
        rows = (
            Row(label=words.say("page_row", whose=whose, row=n), entries=_entries(row, marks[n], write))
            for n, row in enumerate(matrix)
        )
        return Grid(label=whose, columns=matrix.shape[1], rows=tuple(rows))

    return (
        grid(words.say("page_yours"), yours, differs),
        grid(words.say("page_expected"), expected, np.zeros_like(differs)),
    )


def _entries(numbers: Numbers, differs: Marks | None, write: Callable[[float], str]) -> tuple[Entry, ...]:
    marks = [False] * len(numbers) if differs is None else differs.tolist()
    return tuple(Entry(text=write(number), differs=mark) for number, mark in zip(numbers.tolist(), marks, strict=True))


def _short(number: float) -> str:
    return f"{number:.4g}"


def _writer(yours: Numbers, expected: Numbers) -> Callable[[float], str]:
    """As few digits as tell every pair of differing entries apart, but at least four."""
    pairs = list(zip(yours.tolist(), expected.tolist(), strict=True))
    digits = next((d for d in (4, 6, 9, 13) if all(f"{a:.{d}g}" != f"{b:.{d}g}" for a, b in pairs)), 17)
    return lambda number: f"{number:.{digits}g}"


def _picture(yours: Numbers, expected: Numbers, differs: Marks, words: Words) -> Markup:
    if yours.ndim == 1:
        label = words.say("page_two_lines", count=yours.size)
        return vectors(yours.tolist(), expected.tolist(), differs.tolist(), label=label)
    label = words.say("page_two_maps", rows=yours.shape[0], columns=yours.shape[1])
    titles = (words.say("page_yours"), words.say("page_expected"))
    return matrices(yours.tolist(), expected.tolist(), differs.tolist(), label=label, titles=titles)


def _caption(yours: Numbers, expected: Numbers, differs: Marks, words: Words) -> str:
    return words.joined(_sentences(yours, expected, differs, words))


def _sentences(yours: Numbers, expected: Numbers, differs: Marks, words: Words) -> Iterator[str]:
    """What there is to see in the picture: how much differs, where first, and on which scale."""
    places: list[tuple[int, ...]] = [tuple(place) for place in np.argwhere(differs).tolist()]
    yield words.say("page_differing", count=len(places), all=yours.size)
    if places:
        mine, asked = yours[places[0]], expected[places[0]]
        write = _writer(mine.reshape(1), asked.reshape(1))
        place = ", ".join(map(str, places[0]))
        yield words.say("page_first", place=f"[{place}]", yours=write(float(mine)), expected=write(float(asked)))
    if strange := int(np.sum(~np.isfinite(yours))):
        yield words.say("page_not_finite", count=strange)
    if yours.ndim == 2 and places:
        yield words.say("page_framed")
    shown = np.concatenate([yours.ravel(), expected.ravel()])
    finite = shown[np.isfinite(shown)]
    if yours.ndim == 2 and finite.size:
        yield words.say("page_scale", low=_short(float(finite.min())), high=_short(float(finite.max())))
