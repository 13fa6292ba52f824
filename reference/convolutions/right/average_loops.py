"""Visits every place."""

EXERCISE = "average_pool"

import numpy as np


def average_pool(image, size, stride):
    rows, columns = output_size(image.shape[0], size, 0, stride), output_size(image.shape[1], size, 0, stride)
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = image[i * stride : i * stride + size, j * stride : j * stride + size].mean()
    return out
