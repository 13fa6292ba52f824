"""Two loops, and a list that grows."""

EXERCISE = "my_softmax"

import numpy as np


def my_softmax(z):
    total = 0.0
    for value in z:
        total += np.exp(value)
    a = []
    for value in z:
        a.append(np.exp(value) / total)
    return np.array(a)
