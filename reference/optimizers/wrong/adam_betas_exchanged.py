"""Exchanges the two betas."""

EXERCISE = "adam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "Each average got the beta of the other. Which of them goes with the squares?"

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta2 * m + (1 - beta2) * dw
    v = beta1 * v + (1 - beta1) * dw**2
    m_hat, v_hat = m / (1 - beta2**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
