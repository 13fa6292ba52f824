"""Takes the mean of the products."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "integers", "unchanged")
HINT = "Your numbers are too small, by the number of entries of the kernel. Is a sum asked, or a mean?"

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.mean(image[i : i + h, j : j + w] * kernel)
    return out
