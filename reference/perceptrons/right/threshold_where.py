"""Lets np.where choose, which returns an array without dimensions."""

EXERCISE = "threshold_neuron"

import numpy as np


def threshold_neuron(x, theta):
    return np.where(x.sum() < theta, 0, 1)
