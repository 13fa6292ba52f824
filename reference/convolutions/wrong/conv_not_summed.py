"""Keeps the products of the last window."""

EXERCISE = "conv2d"
LOSES = ("example", "drawn", "integers", "unchanged")
HINT = "You return the products of a single window. Each window gives one number, and all of them are asked."


def conv2d(image, kernel):
    h, w = kernel.shape
    for i in range(image.shape[0] - h + 1):
        for j in range(image.shape[1] - w + 1):
            out = image[i : i + h, j : j + w] * kernel
    return out
