"""Weights of a model as they cross the wall: copied if they are wanted and not too many, else told by their shape.

Lives in the room.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from grader.wall.values import Value, array, freeze

MAX_BUFFER: Final = 4 * 1024 * 1024  # bytes of one weight that is copied; Dense(1000) on 1,000 inputs is just below
MAX_BUFFERS: Final = 16 * 1024 * 1024  # bytes of all of them together


class Buffers:
    """Copies weights as long as there is room for them."""

    def __init__(self) -> None:
        self.left = MAX_BUFFERS

    def weight(self, weight: Any, *, wanted: bool) -> Value:
        """The weight itself if it is wanted and not too large, else its shape."""
        shape = tuple(int(size) for size in weight.shape)
        size = 4 * int(np.prod(shape, dtype=np.float64))
        if not wanted or size > min(MAX_BUFFER, self.left):
            return shape
        self.left -= size
        frozen = freeze(weight)
        return array(getattr(frozen, "data", frozen))  # type: ignore[arg-type]  # a weight is an array
