"""The powers are divided by how many there are instead of by their sum."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Dividing by the number of entries makes an average. The formula divides by the sum of the powers."

import numpy as np


def my_softmax(z):
    N = len(z)
    a = np.zeros(N)
    for j in range(N):
        a[j] = np.exp(z[j]) / N
    return a
