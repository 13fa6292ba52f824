"""The layers that a model exercise asks for, and how a report puts those of a student beside them. No judging here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import Field

from grader.course.assignment import Data
from grader.judging.compiled import IN_ANY_WAY, NO_PENALTIES, Compiled, Penalties
from grader.judging.description import Dense, Layer
from grader.judging.forward import INERT
from grader.report.report import LayerRow, LayerShown

#: a forged description may hold many more layers than anybody compares
MOST_PAIRED = 60

Activation = Literal["linear", "relu", "sigmoid", "tanh", "softmax"]


class DenseLayer(Data):
    """One asked Dense layer; with `trainable=False` it has to be frozen. `penalties` has to be just these."""

    units: int = Field(gt=0)
    activation: Activation = "linear"
    trainable: bool = True
    penalties: Penalties = NO_PENALTIES


class AnyLayer(Data):
    """One asked layer of another class: `AnyLayer(kind="Flatten", output=(25088,))`.

    `parameters` counts its weights and `output` is its shape for one example. `units` are its units or filters. What is
    None is not asked, but a Dense layer after this one needs to know `output`. A whole model used as a layer is of kind
    "Functional" or "Sequential".
    """

    kind: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    parameters: int = Field(default=0, ge=0)
    units: int | None = None
    activation: Activation | None = None
    output: tuple[int, ...] | None = None
    trainable: bool = True
    penalties: Penalties | None = None


AskedLayer: TypeAlias = DenseLayer | AnyLayer


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """What is asked of a whole model: its layers, the shape of one example it gets, and what it is compiled with."""

    example: tuple[int, ...]
    layers: tuple[AskedLayer, ...]
    compiled: Compiled = IN_ANY_WAY

    @property
    def dense(self) -> tuple[DenseLayer, ...]:
        """The Dense layers, in order."""
        return tuple(layer for layer in self.layers if isinstance(layer, DenseLayer))

    @property
    def widths(self) -> tuple[int | None, ...]:
        """How many numbers each layer gets for one example; None where the layers before it do not tell."""
        width = self.example[0] if len(self.example) == 1 else None
        widths: list[int | None] = []
        for layer in self.layers:
            widths.append(width)
            width = _output_width(layer, width)
        return tuple(widths)

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The kernel shapes (inputs, units) of the Dense layers."""
        pairs = zip(self.widths, self.layers, strict=True)
        return tuple((width or 0, layer.units) for width, layer in pairs if isinstance(layer, DenseLayer))

    @property
    def counts(self) -> tuple[int, ...]:
        """The parameters of each layer: what it says, or the weights and biases of a Dense one."""
        pairs = zip(self.layers, self.widths, strict=True)
        return tuple(
            ((width or 0) + 1) * layer.units if isinstance(layer, DenseLayer) else layer.parameters
            for layer, width in pairs
        )

    @property
    def parameters(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def learning(self) -> int:
        """Those that training changes."""
        return sum(count for count, layer in zip(self.counts, self.layers, strict=True) if layer.trainable)


def class_of(layer: AskedLayer) -> str:
    """The class that is asked for, by its name in Keras."""
    return "Dense" if isinstance(layer, DenseLayer) else layer.kind


def _output_width(layer: AskedLayer, width: int | None) -> int | None:
    if isinstance(layer, DenseLayer):
        return layer.units
    if layer.output is not None:
        return layer.output[0] if len(layer.output) == 1 else None
    return width if layer.kind in INERT | {"Activation", "Flatten"} else None


def rows(found: Sequence[Layer], asked: Architecture) -> tuple[LayerRow, ...]:
    """The layers side by side in order; of those found, what is not asked in their place is left out.

    A layer too many or too few stands alone in its row, so that those after it are not all held to the wrong one.
    """
    wanted = [_asked_shown(layer, count) for layer, count in zip(asked.layers, asked.counts, strict=True)]
    pairs = _beside(found[:MOST_PAIRED], wanted) + [(layer, None) for layer in found[MOST_PAIRED:]]
    return tuple(LayerRow(found=_found_shown(mine, want), asked=want) for mine, want in pairs)


def _beside(found: Sequence[Layer], wanted: Sequence[LayerShown]) -> list[tuple[Layer | None, LayerShown | None]]:
    """One by one if there are as many as asked; else the pairing in order that likens most, with the fewest alone."""
    if len(found) == len(wanted):
        return list(zip(found, wanted, strict=True))
    best: dict[tuple[int, int], tuple[int, int]] = {}  # by what is left of both: likeness, and layers paired
    for n in range(len(found), -1, -1):
        for m in range(len(wanted), -1, -1):
            best[n, m] = max(
                _paired(best[n + 1, m + 1], found[n], wanted[m]) if n < len(found) and m < len(wanted) else (0, 0),
                best[n + 1, m] if n < len(found) else (0, 0),
                best[n, m + 1] if m < len(wanted) else (0, 0),
            )
    n, m = 0, 0
    pairs: list[tuple[Layer | None, LayerShown | None]] = []
    while n < len(found) or m < len(wanted):
        both = n < len(found) and m < len(wanted)
        if both and best[n, m] == _paired(best[n + 1, m + 1], found[n], wanted[m]):
            pairs.append((found[n], wanted[m]))
            n, m = n + 1, m + 1
        elif n < len(found) and best[n, m] == best[n + 1, m]:
            pairs.append((found[n], None))
            n += 1
        else:
            pairs.append((None, wanted[m]))
            m += 1
    return pairs


def _paired(rest: tuple[int, int], mine: Layer, want: LayerShown) -> tuple[int, int]:
    return rest[0] + _likeness(mine, want), rest[1] + 1


def _likeness(mine: Layer, want: LayerShown) -> int:
    if mine.class_name != want.kind:
        return 0
    return 1 + 2 * (mine.units == want.units) + (mine.activation == want.activation)


def _asked_shown(layer: AskedLayer, parameters: int) -> LayerShown:
    return LayerShown(
        kind=class_of(layer),
        units=layer.units,
        activation=layer.activation,
        parameters=parameters,
        trainable=layer.trainable,
    )


def _found_shown(layer: Layer | None, beside: LayerShown | None) -> LayerShown | None:
    if layer is None:
        return None
    units = layer.units
    activation = layer.activation if isinstance(layer, Dense) or units is not None else None
    if beside is not None and beside.kind == layer.class_name:
        units = units if beside.units is not None else None
        activation = activation if beside.activation is not None else None
    return LayerShown(
        kind=layer.class_name,
        units=units,
        activation=activation,
        parameters=layer.parameters,
        trainable=layer.trainable,
    )
