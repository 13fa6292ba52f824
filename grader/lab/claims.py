"""Claims about answers, for `Holds`, and readings of them, for `Agrees`, that many labs share. No input is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.judging.compare import Numbers
from grader.judging.rules import AgreesIn


def sums_to_one(a: Numbers, z: Numbers) -> bool:
    """A claim: the entries add up to 1, as probabilities do, and there is one for each of z."""
    return a.shape == z.shape and bool(abs(a.sum() - 1) <= 1e-6)


def zeros_and_ones(value: Any, *_: Any) -> Any:
    """A reading: True and False as 1 and 0; anything else as it is."""
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind == "b" else value


def named_parts(*names: str, of: Callable[[Any], Any] = lambda answer: answer) -> AgreesIn:
    """A rule: of the answer, or of what `of` takes from it, the parts with these names agree with the reference's."""

    def part(answer: Any) -> dict[str, Any]:
        found: dict[str, Any] = of(answer)
        return {name: found[name] for name in names if name in found.keys()}  # noqa: SIM118  # a list has none

    return AgreesIn(scalar=True, each_entry=True, part=part)
