"""Visits entry by entry."""

EXERCISE = "sigmoid_derivative"

import numpy as np


def sigmoid_derivative(x):
    ds = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        s = sigmoid(x[place])
        ds[place] = s - s**2
    return ds
