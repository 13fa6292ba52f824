"""Is up on the left and down on the right."""

EXERCISE = "step"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "Negative entries give 1 and positive ones 0. Which of them should switch the neuron on?"

import numpy as np


def step(z):
    return np.where(z < 0, 1.0, 0.0)
