"""Returns the products."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "You return a row of products for each window. What makes one number of them?"


def conv1d(series, kernel, step):
    return windows(series, len(kernel), step) * kernel
