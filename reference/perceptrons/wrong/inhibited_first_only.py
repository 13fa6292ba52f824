"""Looks at the first inhibitory input only."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "The first inhibitory input silences your neuron, the others do not. Each of them has the right to."

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    if inhibitory[0] == 1:
        return 0
    return 1 if np.sum(x) >= theta else 0
