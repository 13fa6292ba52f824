"""Changes everything in place."""

EXERCISE = "adam_step"

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m *= beta1
    m += (1 - beta1) * dw
    v *= beta2
    v += (1 - beta2) * dw * dw
    w -= learning_rate * (m / (1 - beta1**t)) / (epsilon + np.sqrt(v / (1 - beta2**t)))
    return w, m, v
