"""Takes only the numerator of the quotient."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answers grow beyond 1. The difference of the two powers is still to be divided by something."

import numpy as np


def tanh(z):
    return (np.exp(z) - np.exp(-z)) / 2
