"""The loop that fills the result stops one entry early, so the last probability stays 0."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "The last entry of your answer is still 0. Where does your second loop end?"

import numpy as np


def my_softmax(z):
    N = len(z)
    a = np.zeros(N)
    ez_sum = np.sum(np.exp(z))
    for j in range(N - 1):
        a[j] = np.exp(z[j]) / ez_sum
    return a
