"""Takes the smallest."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "Each window left its smallest number behind. Which one is asked?"

import numpy as np


def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.min(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out
