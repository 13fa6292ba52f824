"""Stretches and moves the sigmoid."""

EXERCISE = "tanh"

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return 2 * sigmoid(2 * z) - 1
