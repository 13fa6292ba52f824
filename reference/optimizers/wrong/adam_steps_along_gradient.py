"""Uses the gradient instead of its average."""

EXERCISE = "adam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "Your step follows the newest gradient. In Adam it follows the corrected average: half of its name is momentum."

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    return w - learning_rate * dw / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v
