"""As an array."""

EXERCISE = "output_range"

import numpy as np


def output_range(outputs):
    return np.array([np.min(outputs), np.max(outputs)])
