"""Takes the size for the number of batches."""

EXERCISE = "mini_batches"
LOSES = ("example", "drawn", "even", "unchanged")
HINT = "You made `size` batches. It says how many examples are in each."

import numpy as np


def mini_batches(X, y, order, size):
    return [(X[chosen], y[chosen]) for chosen in np.array_split(order, size)]
