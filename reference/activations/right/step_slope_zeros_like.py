"""Makes zeros like z."""

EXERCISE = "step_derivative"

import numpy as np


def step_derivative(z):
    return np.zeros_like(z)
