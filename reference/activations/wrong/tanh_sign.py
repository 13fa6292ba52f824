"""Exchanges the two powers of e."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve falls from 1 to -1. It should have the sign of z."

import numpy as np


def tanh(z):
    return (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z))
