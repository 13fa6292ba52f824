"""Fills an array of the type of the image, which cuts fractions off for whole numbers."""

EXERCISE = "conv2d"
LOSES = ("integers",)
HINT = "For an image of whole numbers your fractions are lost. What kind of numbers can the array you fill hold?"

import numpy as np


def conv2d(image, kernel):
    h, w = kernel.shape
    out = np.zeros_like(image)[: image.shape[0] - h + 1, : image.shape[1] - w + 1]
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return out
