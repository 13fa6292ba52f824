"""Takes -theta as the bias, and a sum of exactly theta no longer fires."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "A sum of exactly theta should fire, but with the bias -theta it gives 0, and a perceptron does not fire at 0."

import numpy as np


def fold_threshold(n, theta):
    return np.concatenate([[-theta], np.ones(n)])
