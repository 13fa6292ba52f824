"""Compares the mean of the inputs with the threshold."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "Longer rows fire less often than they should: is it the sum or the average that has to reach theta?"

import numpy as np


def threshold_neuron(x, theta):
    return 1 if np.mean(x) >= theta else 0
