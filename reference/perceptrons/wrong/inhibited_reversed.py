"""Fires when it is inhibited."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "An active inhibitory input makes your neuron fire. It should do the opposite."

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if np.any(inhibitory):
        return 1
    return 1 if np.sum(x) >= theta else 0
