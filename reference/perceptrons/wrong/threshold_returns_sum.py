"""Adds the inputs up and stops there."""

EXERCISE = "threshold_neuron"
LOSES = ("example", "drawn", "exact")
HINT = "This is the sum of the inputs. The neuron still has to decide: how does it turn the sum into 1 or 0?"

import numpy as np


def threshold_neuron(x, theta):
    total = np.sum(x)
    return total
