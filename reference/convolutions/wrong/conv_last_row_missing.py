"""Stops one place too early in both directions."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "integers", "unchanged")
HINT = "The last row and the last column of your answer are missing. At which place can the window stand last?"

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h, image.shape[1] - w))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out
