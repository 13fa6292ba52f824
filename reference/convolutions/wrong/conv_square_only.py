"""Takes the kernel for square."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "unchanged")
HINT = "With square kernels you are right. A kernel can be wider than it is high: which side did you take for both?"

import numpy as np


def conv2d(image, kernel):
    f = kernel.shape[0]
    out = np.zeros((image.shape[0] - f + 1, image.shape[1] - f + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + f, j : j + f] * kernel)
    return out
