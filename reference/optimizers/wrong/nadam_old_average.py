"""Looks ahead with the old average."""

EXERCISE = "nadam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "Your first term holds the average from before this gradient came in. That is just plain momentum."

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    new = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * dw / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), new, v
