"""Returns plain lists, computed in single precision."""

EXERCISE = "conv2d"

import numpy as np


def conv2d(image, kernel):
    image, kernel = image.astype(np.float32), kernel.astype(np.float32)
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    return [[float((image[i : i + h, j : j + w] * kernel).sum()) for j in range(columns)] for i in range(rows)]
