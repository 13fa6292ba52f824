"""Exchanges p and q."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "This is the divergence the other way round, of q from p. Which of the two distributions weighs the terms?"

import numpy as np


def kl_divergence(p, q):
    return np.sum(q * np.log(q / p))
