"""Divides by the mean of the powers."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "Your answers sum to the number of scores instead of 1. What did you divide by?"

import numpy as np


def softmax(z):
    powers = np.exp(z)
    return powers / np.mean(powers)
