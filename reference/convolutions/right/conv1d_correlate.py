"""Uses NumPy's correlate, in single precision."""

EXERCISE = "conv1d"

import numpy as np


def conv1d(series, kernel, step):
    return np.correlate(series.astype(np.float32), kernel.astype(np.float32), mode="valid")[::step]
