"""Takes two passes."""

EXERCISE = "softmax"

import numpy as np


def softmax(z):
    total = 0
    for score in z:
        total += np.exp(score)
    a = np.zeros(len(z))
    for j in range(len(z)):
        a[j] = np.exp(z[j]) / total
    return a
