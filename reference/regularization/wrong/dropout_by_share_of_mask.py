"""Divides by the share of ones in this very mask."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = "You divided by the share that this mask happens to keep. The probability decides, not the luck of one draw."

import numpy as np


def dropout(A, mask, p):
    return A * mask / max(np.mean(mask), 1e-9)
