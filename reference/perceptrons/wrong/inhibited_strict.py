"""Wants the sum to be above the threshold."""

EXERCISE = "inhibited_neuron"
LOSES = ("free", "forbidden", "mixed")
HINT = "With no veto and a sum of exactly theta your neuron stays silent. The first exercise says what happens there."

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if np.sum(inhibitory) == 0 and np.sum(x) > theta:
        return 1
    return 0
