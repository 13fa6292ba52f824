"""Adds the lines first and applies ReLU to the sum."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "A single ReLU at the very end leaves one bend only. Which comes first for each unit, ReLU or the sum?"

import numpy as np


def layer_sum(x, w, b):
    return np.maximum(0, np.sum(w) * x + np.sum(b))
