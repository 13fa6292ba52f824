"""Takes theta with the wrong sign."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "Your perceptron fires on every row. In which direction should a high threshold push the sum?"

import numpy as np


def fold_threshold(n, theta):
    return np.concatenate([[theta], np.ones(n)])
