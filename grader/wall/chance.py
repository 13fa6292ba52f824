"""Chance that is the same everywhere: one state of the generators of Python and NumPy for each seed. Whoever runs code
of others, a reference or a student's, seeds here and nowhere else. Exists in the room as well.

A generator that nobody seeds, `np.random.default_rng()`, takes its first state from the system. Here it gets that from
a stream of ours: two of them in one program still differ, and each is the same in every process.
"""

from __future__ import annotations

import random

import numpy as np
import numpy.random.bit_generator as entropy


def seed_all(seed: int) -> None:
    """From here on, what is drawn in this process depends on `seed` alone. It takes 20 microseconds, so that each call
    of a reference can begin with it; what was going on before is not taken up again."""
    random.seed(seed)
    np.random.seed(seed)
    entropy.randbits = random.Random(seed).getrandbits  # type: ignore[attr-defined]  # noqa: S311  # where NumPy asks
