"""Forgets to divide."""

EXERCISE = "average_pool"
LOSES = ("example", "drawn", "integers")
HINT = "These are the sums of the windows. What makes a mean of a sum?"

import numpy as np


def average_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out
