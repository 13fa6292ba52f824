"""Changes everything in place."""

EXERCISE = "nadam_step"

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m[...] = beta1 * m + (1 - beta1) * dw
    v[...] = beta2 * v + (1 - beta2) * dw**2
    m_hat = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * dw / (1 - beta1**t)
    w -= learning_rate * m_hat / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    return w, m, v
