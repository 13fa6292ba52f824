"""Uses 1 in place of the threshold that is passed in."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "Your neuron fires for a single 1 whatever theta is. Where in your code does theta have a say?"

import numpy as np


def threshold_neuron(x, theta):
    return 1 if np.sum(x) >= 1 else 0
