"""Divides difference by sum of the two powers."""

EXERCISE = "tanh"

import numpy as np


def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
