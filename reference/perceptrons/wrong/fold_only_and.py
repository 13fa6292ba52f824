"""Takes the bias of AND for every theta."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "Your perceptron waits for all n inputs, whatever theta is. Where does theta come in?"

import numpy as np


def fold_threshold(n, theta):
    return np.concatenate([[0.5 - n], np.ones(n)])
