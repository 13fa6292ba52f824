"""Looks for a veto in a loop, then counts."""

EXERCISE = "inhibited_neuron"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    for veto in inhibitory:
        if veto == 1:
            return 0
    return int(np.sum(x) >= theta)
