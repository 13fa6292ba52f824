"""Keeps windows that stick out at the end."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "You have a row or column too many: its windows stick out of the image. Such windows are left away."

import numpy as np


def max_pool(image, size, stride):
    rows, columns = -(-image.shape[0] // stride), -(-image.shape[1] // stride)
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.max(image[i * stride : i * stride + size, j * stride : j * stride + size])
    return out
