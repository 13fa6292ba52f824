"""Takes the weight for the bias and the bias for the weight."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "Weight and bias have changed places: which of them belongs to x?"

import numpy as np


def relu_unit(x, w, b):
    return np.maximum(0, b * x + w)
