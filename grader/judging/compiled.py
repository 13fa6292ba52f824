"""What a Keras model is compiled with, and the penalties of a layer: as it is asked for, and as a room says it is.

Both are the same types. What a room says is a claim like all it says of a model, and cannot be redone: a model that is
not trained shows nothing of it. No judging here.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

from grader.course.assignment import Data
from grader.errors import ProtocolError
from grader.messages import Message, literal, say

MAX_METRICS = 50
#: what a class may be called
_NAME = re.compile(r"[\w<>.]{1,80}")
_SCALE, _LEAST = 1e-4, 1e-6  # a room's numbers are float32
#: which names measure the same share of right answers: Keras takes the one that fits the outputs
_ACCURACY = frozenset({"acc", "accuracy", "sparsecategoricalaccuracy", "categoricalaccuracy", "binaryaccuracy"})


class Compiled(Data):
    """What a model is compiled with, by Keras's names of the classes: `Compiled(optimizer="Adam", rate=0.01)`.

    Asked for, what is None does not count, and further metrics do no harm. Said by a room, None is not known.
    """

    optimizer: str | None = None
    rate: float | None = None
    loss: str | None = None
    from_logits: bool = False
    metrics: tuple[str, ...] = ()


class Penalty(Data):
    """l1 * sum |w| + l2 * sum w^2 over the entries w, as Keras's `L1`, `L2` and `L1L2` add it to the loss."""

    l1: float = 0.0
    l2: float = 0.0

    @property
    def told(self) -> Message:
        """As Python writes it."""
        parts = [f"{name}({amount:.3g})" for name, amount in (("L1", self.l1), ("L2", self.l2)) if amount]
        return literal(" + ".join(parts)) if parts else say("no_penalty")

    def is_like(self, other: Penalty) -> bool:
        """Whether both have the same coefficients, as far as single precision tells."""
        return _near(self.l1, other.l1) and _near(self.l2, other.l2)


class Penalties(Data):
    """The penalties on weights, on biases, and on what a layer gives; one that is None is neither L1 nor L2."""

    kernel: Penalty | None = Penalty()
    bias: Penalty | None = Penalty()
    activity: Penalty | None = Penalty()


NO_PENALTY: Final = Penalty()
NO_PENALTIES: Final = Penalties()
#: nothing of it is asked for
IN_ANY_WAY: Final = Compiled()


def is_rate(found: float, asked: float) -> bool:
    """Whether a learning rate is the one that was asked for, as far as single precision tells."""
    return _near(found, asked)


def lacking(found: tuple[str, ...], asked: tuple[str, ...]) -> str | None:
    """The first of the metrics asked for that is not among those found, by whichever of its names."""
    known = {_plain(name) for name in found}
    return next((name for name in asked if _plain(name) not in known), None)


def parse_compiled(value: object) -> Compiled | None:
    """Read what a room says; None if the model is not compiled. Raises ProtocolError if it says nothing of the kind."""
    match value:
        case None:
            return None
        case {
            "optimizer": (None | str()) as optimizer,
            "rate": (None | float()) as rate,
            "loss": (None | str()) as loss,
            "from_logits": bool(from_logits),
            "metrics": [*metrics],
        }:
            names = (_word(name) for name in metrics[:MAX_METRICS] if isinstance(name, str))
            return Compiled(
                optimizer=_word(optimizer),
                rate=rate if rate is not None and math.isfinite(rate) else None,
                loss=_word(loss),
                from_logits=from_logits,
                metrics=tuple(name for name in names if name is not None),
            )
        case _:
            raise ProtocolError(say("incomplete"))


def parse_penalties(value: object) -> Penalties:
    """Read what a room says of a layer; none where it says nothing. Raises ProtocolError for what are no penalties."""
    match value:
        case None:
            return NO_PENALTIES
        case {"kernel": kernel, "bias": bias, "activity": activity}:
            return Penalties(kernel=_penalty(kernel), bias=_penalty(bias), activity=_penalty(activity))
        case _:
            raise ProtocolError(say("layer_incomplete"))


def _penalty(value: object) -> Penalty | None:
    match value:
        case None:
            return None
        case (float(l1), float(l2)) if math.isfinite(l1) and math.isfinite(l2):
            return Penalty(l1=l1, l2=l2)
        case _:
            raise ProtocolError(say("layer_incomplete"))


def _word(name: str | None) -> str | None:
    """A name that the room gave, where it stands in a sentence of ours; a sentence of its own is none."""
    return name if name is None or _NAME.fullmatch(name) else "?"


def _plain(name: Any) -> str:
    plain = str(name).replace("_", "").lower()
    return "accuracy" if plain in _ACCURACY else plain


def _near(left: float, right: float) -> bool:
    return abs(left - right) <= _SCALE * max(abs(left), abs(right)) + _LEAST
