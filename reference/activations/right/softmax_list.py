"""Returns a plain list."""

EXERCISE = "softmax"

import numpy as np


def softmax(z):
    powers = [float(np.exp(score)) for score in z]
    return [power / sum(powers) for power in powers]
