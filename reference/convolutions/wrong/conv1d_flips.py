"""Uses NumPy's convolve, which flips the kernel."""

EXERCISE = "conv1d"
LOSES = ("example", "drawn")
HINT = "`np.convolve` turns the kernel around. Here it lies on the series as it is."

import numpy as np


def conv1d(series, kernel, step):
    return np.convolve(series, kernel, mode="valid")[::step]
