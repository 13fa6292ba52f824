"""Starts the search at 0."""

EXERCISE = "max_pool"
LOSES = ("drawn", "negative")
HINT = "Windows without a positive number gave 0. With which number may a search for the largest begin?"

import numpy as np


def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for value in image[i * stride : i * stride + size, j * stride : j * stride + size].ravel():
                out[i, j] = max(out[i, j], value)
    return out
