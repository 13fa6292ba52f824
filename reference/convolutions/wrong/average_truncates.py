"""Fills an array of the type of the image, which cuts fractions off for whole numbers."""

EXERCISE = "average_pool"
LOSES = ("integers",)
HINT = "For an image of whole numbers your means lost their fractions. What can the array you fill hold?"

import numpy as np


def average_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    out = np.zeros((rows, columns), dtype=image.dtype)
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.mean(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out
