"""z is made a column and then summed along the rows, which hold one entry each."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Every entry of your answer is 1, so each power was divided by itself alone. Along which axis is your sum?"

import numpy as np


def my_softmax(z):
    ez = np.exp(z.reshape(-1, 1))
    a = ez / np.sum(ez, axis=1, keepdims=True)
    return a.reshape(-1)
