"""Rounds, which takes one half to 0."""

EXERCISE = "predict"

import numpy as np


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return np.round(A2)
