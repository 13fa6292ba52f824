"""Fills zeros into a copy, in single precision."""

EXERCISE = "dropout"

import numpy as np


def dropout(A, mask, p):
    out = A.astype(np.float32)
    out[mask == 0] = 0
    return out / np.float32(1 - p)
