"""Has the right size, but moves the window by one place."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "The size of your answer is right. Where on the image does the window of row i begin?"

import numpy as np


def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.max(image[i : i + size, j : j + size])
    return out
