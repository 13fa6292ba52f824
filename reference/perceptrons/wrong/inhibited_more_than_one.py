"""Needs more than one inhibitory input to be silenced."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "A single veto has no effect on your neuron, two have. How many should be enough?"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if np.sum(inhibitory) > 1:
        return 0
    return 1 if np.sum(x) >= theta else 0
