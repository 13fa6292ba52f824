"""Avoids large powers by treating the two signs apart."""

EXERCISE = "sigmoid"

import numpy as np


def sigmoid(z):
    power = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + power), power / (1 + power))
