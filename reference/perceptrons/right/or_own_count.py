"""Counts by itself instead of calling the threshold neuron."""

EXERCISE = "or_gate"

import numpy as np


def or_gate(x):
    return 1 if np.sum(x) >= 1 else 0
