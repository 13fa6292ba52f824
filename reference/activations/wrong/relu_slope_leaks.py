"""Uses the slopes of the leaky variant."""

EXERCISE = "relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "For negative entries you answer 0.01: that is leaky ReLU. Plain ReLU is flat there."

import numpy as np


def relu_derivative(z):
    return np.where(z > 0, 1.0, 0.01)
