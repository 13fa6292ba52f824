"""Computes in single precision."""

EXERCISE = "adam_step"

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    w, dw, m, v = (a.astype(np.float32) for a in (w, dw, m, v))
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * np.power(dw, 2)
    m_hat = m / (1 - np.power(beta1, t))
    v_hat = v / (1 - np.power(beta2, t))
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
