"""Takes the bias of OR for every theta."""

EXERCISE = "fold_threshold"
LOSES = ("example", "gates")
HINT = "Your perceptron is right for theta = 1 only. How does the bias have to move when theta grows?"

import numpy as np


def fold_threshold(n, theta):
    return np.concatenate([[-0.5], np.ones(n)])
