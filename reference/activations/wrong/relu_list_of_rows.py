"""Compares each row with 0 as if it were a number."""

EXERCISE = "relu"
LOSES = ("shapes",)
HINT = "Vectors are right. The rows of a matrix are not numbers, and `max` cannot compare them with 0."

import numpy as np


def relu(z):
    return np.array([max(0, entry) for entry in z])
