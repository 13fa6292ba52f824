"""Takes every slope for infinite."""

EXERCISE = "step_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "The jump itself is infinitely steep, but it lies at 0 alone. What is the slope on both sides of it?"

import numpy as np


def step_derivative(z):
    return np.full(z.shape, np.inf)
