"""Puts both conditions into one."""

EXERCISE = "inhibited_neuron"

import numpy as np


def inhibited_neuron(x, inhibitory, theta):
    fires = np.sum(x) >= theta and np.sum(inhibitory) == 0
    return 1 if fires else 0
