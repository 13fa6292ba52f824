"""The return stands inside the loop."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "Only the first unit has a say. When does your loop return?"

import numpy as np


def layer_sum(x, w, b):
    total = np.zeros(len(x))
    for w_j, b_j in zip(w, b):
        total += np.maximum(0, w_j * x + b_j)
        return total
