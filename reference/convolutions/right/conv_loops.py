"""Visits every place with the function for the size."""

EXERCISE = "conv2d"

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    out = np.zeros((output_size(image.shape[0], h, 0, 1), output_size(image.shape[1], w, 0, 1)))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out
