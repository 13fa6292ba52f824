"""Computes in single precision and returns lists."""

EXERCISE = "average_pool"

import numpy as np


def average_pool(image, size, stride):
    image = image.astype(np.float32)
    tops, lefts = range(0, image.shape[0] - size + 1, stride), range(0, image.shape[1] - size + 1, stride)
    return [[float(image[i : i + size, j : j + size].sum() / size**2) for j in lefts] for i in tops]
