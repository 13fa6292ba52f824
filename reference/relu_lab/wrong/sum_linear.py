"""Adds the lines without any ReLU."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "Without ReLU, lines add up to nothing but another line. Where did the bends go?"

import numpy as np


def layer_sum(x, w, b):
    return np.sum(w) * x + np.sum(b)
