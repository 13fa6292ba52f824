"""Adds the units in a loop."""

EXERCISE = "layer_sum"

import numpy as np


def layer_sum(x, w, b):
    total = np.zeros(x.shape)
    for j in range(len(w)):
        total = total + np.maximum(0, w[j] * x + b[j])
    return total
