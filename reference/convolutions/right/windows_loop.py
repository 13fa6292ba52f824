"""Cuts one window after the other."""

EXERCISE = "windows"

import numpy as np


def windows(series, size, step):
    k = output_size(len(series), size, 0, step)
    out = np.zeros((k, size))
    for i in range(k):
        out[i] = series[i * step : i * step + size]
    return out
