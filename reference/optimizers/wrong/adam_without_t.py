"""Corrects by the same factor at every step."""

EXERCISE = "adam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "Your correction is as strong at step 5 as at step 1. It should fade with t."

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
