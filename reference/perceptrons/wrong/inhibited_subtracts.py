"""Counts inhibitory inputs as negative ones."""

EXERCISE = "inhibited_neuron"
LOSES = ("forbidden", "mixed")
HINT = "An inhibitory input lowers your sum by one, and a large sum still wins. Can a veto be outvoted?"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    return 1 if np.sum(x) - np.sum(inhibitory) >= theta else 0
