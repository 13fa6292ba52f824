"""Overwrites the total in place of adding to it."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "Only the last unit is left. What happens to the ones before it each time the loop runs?"

import numpy as np


def layer_sum(x, w, b):
    for w_j, b_j in zip(w, b):
        total = np.maximum(0, w_j * x + b_j)
    return total
