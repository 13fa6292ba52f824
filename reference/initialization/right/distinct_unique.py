"""Lets NumPy find the different columns."""

EXERCISE = "distinct_neurons"

import numpy as np


def distinct_neurons(W):
    return np.unique(W, axis=1).shape[1]
