"""Compares, and turns the result into numbers."""

EXERCISE = "one_hot"

import numpy as np


def one_hot(y, N):
    return (y[:, None] == np.arange(N)).astype(int)
