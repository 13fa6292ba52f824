"""Returns the step itself."""

EXERCISE = "step_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "This is the step. Its slope says how fast it rises, not how high it is."

import numpy as np


def step_derivative(z):
    return np.where(z >= 0, 1.0, 0.0)
