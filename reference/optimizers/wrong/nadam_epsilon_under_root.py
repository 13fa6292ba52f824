"""Puts epsilon under the root."""

EXERCISE = "nadam_step"
LOSES = ("epsilon",)
HINT = "Nearly right: your epsilon stands under the root. Where does the formula of this lab have it?"

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * dw / (1 - beta1**t)
    return w - learning_rate * m_hat / np.sqrt(v / (1 - beta2**t) + epsilon), m, v
