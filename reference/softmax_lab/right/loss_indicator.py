"""With an indicator for the right class."""

EXERCISE = "softmax_loss"

import numpy as np


def softmax_loss(a, y):
    return -np.sum((np.arange(len(a)) == y) * np.log(a))
