"""Takes the height for the slope and returns 1."""

EXERCISE = "step_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "You return 1 everywhere. To the right of the jump the step is high, but does it still rise?"

import numpy as np


def step_derivative(z):
    return np.ones(z.shape)
