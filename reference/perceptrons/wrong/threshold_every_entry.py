"""Compares each input by itself with the threshold."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "You return one decision for each input. One neuron makes one decision, about all of its inputs together."

import numpy as np


def threshold_neuron(x, theta):
    return np.where(x >= theta, 1, 0)
