"""Takes the mean of the units."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "Your curve is too flat by the number of units. Is it their sum or their mean that was asked?"

import numpy as np


def layer_sum(x, w, b):
    return np.mean([np.maximum(0, w_j * x + b_j) for w_j, b_j in zip(w, b)], axis=0)
