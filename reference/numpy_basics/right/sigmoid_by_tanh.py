"""Uses that the sigmoid is a shifted and stretched tanh."""

EXERCISE = "sigmoid"

import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))
