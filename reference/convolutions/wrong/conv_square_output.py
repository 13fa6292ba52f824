"""Makes a square answer."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "unchanged")
HINT = "Your answer has as many columns as rows, whatever the form of the image. What is the width of the answer?"

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    n = image.shape[0] - h + 1
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out
