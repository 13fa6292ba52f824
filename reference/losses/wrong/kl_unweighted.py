"""Adds up the logarithms without weighing them."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "All classes count alike in your sum. A class that is rare under p should count little."

import numpy as np


def kl_divergence(p, q):
    return np.sum(np.log(p / q))
