"""Returns nothing when the neuron is silent."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "When the sum stays below theta your function reaches its end without an answer. What should it say then?"

import numpy as np


def threshold_neuron(x, theta):
    if np.sum(x) >= theta:
        return 1
