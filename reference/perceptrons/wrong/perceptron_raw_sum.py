"""Returns the weighted sum without deciding."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "This is the weighted sum itself. The last step is missing: is it above 0 or not?"

import numpy as np


def perceptron(x, w, b):
    return np.dot(w, x) + b
