"""Subtracts the bias."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "The bias moves your unit the wrong way. Which sign does it have in the formula?"

import numpy as np


def relu_unit(x, w, b):
    return np.maximum(0, w * x - b)
