"""Writes the answer into the image."""

EXERCISE = "conv2d"
LOSES = ("unchanged",)
HINT = "The numbers are right, but the image was overwritten. The next kernel is to see it as it was."

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    image[:rows, :columns] = out
    return out
