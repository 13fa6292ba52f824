"""Forgets to look ahead."""

EXERCISE = "nadam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "This is Adam. In Nadam the corrected average is made of two terms."

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
