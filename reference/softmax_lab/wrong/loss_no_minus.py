"""Forgets the minus sign."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = (
    "Your loss is below 0, and the better the answer the larger it is. What sign has the logarithm of a number below 1?"
)

import numpy as np


def softmax_loss(a, y):
    return np.log(a[y])
