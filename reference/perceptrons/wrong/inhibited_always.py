"""Takes the mere presence of inhibitory inputs for a veto."""

EXERCISE = "inhibited_neuron"
LOSES = ("free", "forbidden", "mixed")
HINT = "Your neuron is silent even when all inhibitory inputs are 0. They are there, but are they on?"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if len(inhibitory) > 0:
        return 0
    return 1 if np.sum(x) >= theta else 0
