"""Tensors of torch as a lab writes them: they cross as arrays, and a room makes tensors of them. No torch is loaded."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from grader.wall.values import Array, array


def tensor(data: npt.ArrayLike) -> Array:
    """A tensor of these numbers, an argument of a function: of single precision if they have decimals, as torch has
    them. Where a strategy draws arrays, `.map(tensor)` makes tensors of them.

    Raises ValueError for what is no numbers.
    """
    found = np.asarray(data)
    single = found.astype(np.float32) if found.dtype.kind == "f" else found
    return array(single, "tensor")
