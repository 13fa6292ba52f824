"""Counts the classes from 1."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = "You took the probability of the class before the right one. From which number are classes counted here?"

import numpy as np


def softmax_loss(a, y):
    return -np.log(a[y - 1])
