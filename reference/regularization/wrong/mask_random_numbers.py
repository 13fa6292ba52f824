"""Returns the random numbers themselves."""

EXERCISE = "dropout_mask"
LOSES = ("zeros_and_ones", "share", "one_by_one", "repeats")
HINT = "These are the random numbers. What decides for each of them whether the neuron stays?"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return np.random.default_rng(seed).random((rows, columns))
