"""Takes the mean of the products."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "Your numbers are too small, by the length of the kernel. Is a sum asked, or a mean?"

import numpy as np


def conv1d(series, kernel, step):
    return np.mean(windows(series, len(kernel), step) * kernel, axis=1)
