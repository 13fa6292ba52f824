"""Sums in rows, then takes the mean."""

EXERCISE = "categorical_cross_entropy"

import numpy as np


def categorical_cross_entropy(Y, P):
    return np.mean(-np.sum(Y * np.log(P), axis=1))
