"""Counts the different numbers."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "You counted different numbers. A neuron is a whole column of them."

import numpy as np


def distinct_neurons(W):
    return len(np.unique(W))
