"""Fingerprints of a text of signs: winnowing, after S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: Local Algorithms
for Document Fingerprinting", SIGMOD 2003.

Of each run of `RUN` signs there is a number, and of each window of `WINDOW` such runs the least is kept: so two texts
that have `LEAST` signs in a row in common have a fingerprint in common, wherever these stand. What signs are is not
known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

RUN: Final = 9
WINDOW: Final = 4
#: signs in a row that are surely found; a text of fewer says nothing
LEAST: Final = RUN + WINDOW - 1
#: any odd number with bits all over
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A run of signs as a number of 64 bits, and where in the text it begins."""

    number: int
    at: int


def winnowed(signs: Sequence[int]) -> tuple[Fingerprint, ...]:
    """The fingerprints of a text, in its order; none of one that is too short."""
    if len(signs) < LEAST:
        return ()
    runs = _runs(np.array(signs, dtype=np.uint64))
    windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
    least = (
        np.arange(len(windows)) + WINDOW - 1 - np.argmin(windows[:, ::-1], axis=1)
    )  # the last, where it stands twice
    places = np.unique(least)
    return tuple(Fingerprint(number, at) for number, at in zip(runs[places].tolist(), places.tolist(), strict=True))


def _runs(signs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A number for each run, mixed so that the least of some is any of them."""
    found = np.zeros(len(signs) - RUN + 1, dtype=np.uint64)
    for step in range(RUN):
        found = found * _FACTOR + signs[step : step + len(found)] + np.uint64(1)
        found ^= found >> np.uint64(29)
    return found * _FACTOR
