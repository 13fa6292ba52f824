"""Makes a square answer."""

EXERCISE = "average_pool"
LOSES = ("example", "drawn", "integers")
HINT = "Your answer has as many columns as rows, whatever the form of the image."

import numpy as np


def average_pool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    out = np.zeros((rows, rows))
    for i in range(rows):
        for j in range(rows):
            out[i, j] = np.mean(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out
