"""Fires only above the threshold, not on it."""

EXERCISE = "threshold_neuron"
LOSES = ("drawn", "exact")
HINT = (
    'Right everywhere but for a sum that is exactly theta. Which of the two sides does the text give to "reaches '
    'theta"?'
)

import numpy as np


def threshold_neuron(x, theta):
    return 1 if np.sum(x) > theta else 0
