"""Takes the examples first, and goes one by one."""

EXERCISE = "predict"

import numpy as np


def predict(X, parameters):
    A2, _ = forward_propagation(X, parameters)
    predictions = np.zeros(A2.shape, dtype=int)
    for i in range(A2.shape[1]):
        if A2[0, i] > 0.5:
            predictions[0, i] = 1
    return predictions
