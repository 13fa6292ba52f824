"""In single precision."""

EXERCISE = "softmax_loss"

import numpy as np


def softmax_loss(a, y):
    return -np.log(np.float32(a[y]))
