"""The sum of the powers is returned instead of the probabilities."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "You return one number, the denominator. It is half of the way: what should be divided by it?"

import numpy as np


def my_softmax(z):
    ez_sum = 0
    for k in range(len(z)):
        ez_sum += np.exp(z[k])
    return ez_sum
