"""Multiplies numerator and denominator by e^z."""

EXERCISE = "sigmoid"

import numpy as np


def sigmoid(z):
    power = np.exp(z)
    return power / (1 + power)
