"""Leaves the gradient's own term out."""

EXERCISE = "nadam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "Only the first term is there. The newest gradient comes in once more, by itself."

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = beta1 * m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
