"""What a page draws, for the terminal in text: a model's layers beside the asked ones, and a training in numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.messages import Words
from grader.messages.visible import one_line
from grader.render.feedback import Layer
from grader.report.report import Curve, LayerShown

#: rows of layers shown; a forged description may have many more
MOST_ROWS = 40


def layer_table(rows: Sequence[Layer], words: Words) -> RenderableType:
    """One line for each layer; where a cell is not what was asked for, it is marked and says what was."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("layer", "kind", "units", "activation_column", "parameters"):
        table.add_column(words.say(heading), overflow="fold")
    for row in rows[:MOST_ROWS]:
        table.add_row("-" if row.number is None else str(row.number), *_cells(row, words))
    return Group(Text(words.say("your_layers"), "dim"), table)


def curve_line(curve: Curve, words: Words) -> RenderableType:
    """First, last and least value of a training, and what it has to reach."""
    steps = words.counted(curve.step(len(curve.values) - 1), "step")
    first, last = _number(curve.values[0]), _number(curve.values[-1])
    lines = [words.say("curve", title=one_line(words.text(curve.title)), first=first, last=last, steps=steps)]
    finite = [value for value in curve.values if math.isfinite(value)]
    if finite and min(finite) < curve.values[-1]:
        step = curve.step(curve.values.index(min(finite)))
        lines.append(words.say("curve_least", least=_number(min(finite)), step=step))
    if curve.target is not None:
        lines.append(words.say("curve_target", target=_number(curve.target)))
    return Text(words.joined(lines))


def _cells(row: Layer, words: Words) -> Iterator[Text]:
    for mine, wanted in zip(_texts(row.found, words), _texts(row.asked, words), strict=True):
        if wanted in ("", mine):  # an empty cell asks for nothing
            yield Text(mine)
        else:
            yield Text(words.say("asked_instead", found=mine or "-", asked=wanted), "red")


def _texts(layer: LayerShown | None, words: Words) -> tuple[str, str, str, str]:
    """Kind, units, activation and parameters; the first says so if there is no such layer."""
    if layer is None:
        return words.say("no_such_layer"), "", "", ""
    kind = one_line(layer.kind, most=40)
    return (
        kind if layer.trainable else f"{kind}, {words.say('frozen')}",
        "" if layer.units is None else f"{layer.units:,}",
        "" if layer.activation is None else one_line(layer.activation, most=40),
        "" if layer.parameters is None else f"{layer.parameters:,}",
    )


def _number(value: float) -> str:
    return f"{value:.4g}"
