"""The number of entries is fixed at the four of the example."""

EXERCISE = "my_softmax"
LOSES = ("drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "It is right for four entries and for no other number. Let the length of z decide."

import numpy as np


def my_softmax(z):
    a = np.zeros(4)
    ez_sum = 0
    for k in range(4):
        ez_sum += np.exp(z[k])
    for j in range(4):
        a[j] = np.exp(z[j]) / ez_sum
    return a
