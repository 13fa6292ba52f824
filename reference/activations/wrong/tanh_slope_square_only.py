"""Returns the square of tanh."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answer is 0 at 0 and nearly 1 far out. It should be the other way round."

import numpy as np


def tanh_derivative(z):
    return np.tanh(z) ** 2
