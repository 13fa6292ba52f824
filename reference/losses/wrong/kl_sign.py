"""Divides the other way round."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "Your answer is negative. Which of the two stands on top of the fraction?"

import numpy as np


def kl_divergence(p, q):
    return np.sum(p * np.log(q / p))
