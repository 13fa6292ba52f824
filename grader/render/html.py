"""The report as one page of HTML: no script, nothing to fetch, the same in a browser, on a phone and on paper.

Here the tables and pictures of a report are drawn, and nothing is decided but how; how all of it is set stands in
`pages/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grader.messages import ENGLISH, Words
from grader.render.drawing import bar, curve
from grader.render.feedback import ExerciseFeedback, Layer, feedback
from grader.render.listing import Listing, listing
from grader.render.page import draw, draw_piece
from grader.report.report import Curve, LayerShown, Report

TEMPLATE = "report.html.j2"
PIECE = "report_piece.html.j2"
#: more layers than a reader compares
MOST_LAYERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the table of layers: what was found, and what was asked if that is something else."""

    found: str
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerLine:
    """One row: the number of the student's layer, None where it lacks one, and what is said of it."""

    number: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The table of layers: a row for each, then the parameters of all."""

    rows: tuple[LayerLine, ...]
    total: Cell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """A training as a picture, and the sentence that says what to see in it."""

    picture: Markup
    caption: str


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The page for `report` in the language of `words`; what a student may not see was taken out of it before."""
    return draw(TEMPLATE, words, **_shown(report))


def render_piece(report: Report, *, words: Words = ENGLISH) -> Markup:
    """The same, to stand below the title of a page that has our style (`stylesheet_within`)."""
    return draw_piece(PIECE, words, **_shown(report))


def _shown(report: Report) -> dict[str, Any]:
    told = feedback(report)
    return {
        "report": report,
        "feedback": told,
        "bar": bar([(exercise.earned or 0, exercise.possible) for exercise in told.exercises]),
        "versions": _versions(report),
        "figures": FIGURES,
    }


def _versions(report: Report) -> str:
    """What graded, as far as it was at work: "grader 0.1.0, Python 3.11.0"."""
    made_by = report.provenance
    known = {
        "grader": made_by.grader,
        "Python": made_by.python,
        "NumPy": made_by.numpy,
        "TensorFlow": made_by.tensorflow,
        "Keras": made_by.keras,
    }
    return ", ".join(f"{name} {version}" for name, version in known.items() if version)


def _listing(exercise: ExerciseFeedback) -> Listing | None:
    cell = exercise.cell
    return listing(cell.source, exercise.stops) if cell and cell.source.strip() else None


def _layers(rows: tuple[Layer, ...], words: Words) -> Layers:
    shown = rows[:MOST_LAYERS]
    found, asked = _parameters([row.found for row in rows]), _parameters([row.asked for row in rows])
    total = None if found is None else _cell(f"{found:,}", None if asked is None else f"{asked:,}")
    lines = (LayerLine(number=row.number, cells=_layer(row, words)) for row in shown)
    return Layers(rows=tuple(lines), total=total)


def _layer(row: Layer, words: Words) -> tuple[Cell, ...]:
    """Kind, units, activation and parameters; what is not asked of a layer is not compared."""
    asked = _words(row.asked, words)
    if row.found is None:
        return tuple(
            Cell(found="" if place else words.say("page_no_layer"), asked=word) for place, word in enumerate(asked)
        )
    found = _words(row.found, words)
    if row.asked is None:
        return (Cell(found=found[0] or "", asked=""), *(Cell(found=word or "") for word in found[1:]))
    pairs = zip(found, asked, strict=True)
    return tuple(_cell(mine or (words.say("page_none") if wanted else ""), wanted) for mine, wanted in pairs)


def _words(layer: LayerShown | None, words: Words) -> list[str | None]:
    if layer is None:
        return [None] * 4
    kind = layer.kind if layer.trainable else words.say("page_frozen", kind=layer.kind)
    numbers = [None if number is None else f"{number:,}" for number in (layer.units, layer.parameters)]
    return [kind, numbers[0], layer.activation, numbers[1]]


def _cell(found: str, asked: str | None) -> Cell:
    return Cell(found=found, asked=asked if asked is not None and asked != found else None)


def _parameters(layers: list[LayerShown | None]) -> int | None:
    """All parameters of one side; None if that side does not tell them all."""
    counts = [layer.parameters for layer in layers if layer is not None]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _curve(series: Curve, words: Words) -> CurveView:
    steps = words.counted(series.step(len(series.values) - 1), "step")
    sentences = [words.say("page_last", steps=steps, last=f"{series.values[-1]:.4g}")]
    if series.target is not None:
        sentences.append(words.say("page_goal", target=f"{series.target:.4g}"))
    caption = words.joined(sentences)
    goal = words.say("page_target")
    picture = curve(series.values, series.target, label=caption, target_label=goal, steps=series.steps)
    return CurveView(picture=picture, caption=caption)


#: what templates ask for while they set an exercise
FIGURES: dict[str, Callable[..., Any]] = {"layers": _layers, "curve": _curve, "listing": _listing}
