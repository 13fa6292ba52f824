"""Flips the kernel in both directions."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "integers", "unchanged")
HINT = "You turned the kernel around, as mathematicians do. Networks lay it on the image as it is."

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel[::-1, ::-1])
    return out
