"""Moves the window by one place whatever the stride."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "Your window moves by one place at a time. The stride says how far apart two windows begin."

import numpy as np


def max_pool(image, size, stride):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.max(image[i : i + size, j : j + size])
    return out
