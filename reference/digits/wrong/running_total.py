"""Both steps share one loop, so each entry is divided by the sum up to itself only."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "You divide while the sum is still growing. It has to be complete before the first division."

import numpy as np


def my_softmax(z):
    N = len(z)
    a = np.zeros(N)
    ez_sum = 0
    for j in range(N):
        ez_sum += np.exp(z[j])
        a[j] = np.exp(z[j]) / ez_sum
    return a
