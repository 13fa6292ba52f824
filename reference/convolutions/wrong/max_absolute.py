"""Takes the largest distance from zero."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "A negative number won, without its sign. The largest of -5 and 2 is 2."

import numpy as np


def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.max(np.abs(image[i * stride : i * stride + size, j * stride : j * stride + size]))
    return out
