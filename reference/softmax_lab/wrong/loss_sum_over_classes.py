"""Adds up the losses of all classes."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = "Every class adds to your loss. Which one is the only one that should?"

import numpy as np


def softmax_loss(a, y):
    return -np.sum(np.log(a))
