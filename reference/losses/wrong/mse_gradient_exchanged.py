"""Returns db before dw."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "Both numbers are right and stand in the other order: dw comes first."

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return -2 * np.mean(errors), -2 * np.mean(x * errors)
