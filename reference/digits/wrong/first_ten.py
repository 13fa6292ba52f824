"""The sum takes in ten entries at most, since the lab has ten digits."""

EXERCISE = "my_softmax"
LOSES = ("sums",)
HINT = "Beyond ten entries the sum misses some. Ten is the number of digits, not the length of every z."

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    return ez / np.sum(ez[:10])
