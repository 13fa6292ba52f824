"""Takes the size of the window for the stride."""

EXERCISE = "max_pool"
LOSES = ("example", "drawn", "negative")
HINT = "Your windows always lie side by side. With another stride they overlap, or leave gaps."

import numpy as np


def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // size + 1, (image.shape[1] - size) // size + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.max(image[i * size : i * size + size, j * size : j * size + size])
    return out
