"""Adds the loss of the other classes, as the binary loss does."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = (
    "The second term belongs to the loss with two classes and one output. What has softmax already done about the"
    " others?"
)

import numpy as np


def softmax_loss(a, y):
    return -np.log(a[y]) - np.log(1 - a[y])
