"""Uses the logarithm to base 2."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = "Your losses are all too large by the same factor. Of which base is the logarithm in the formula?"

import numpy as np


def softmax_loss(a, y):
    return -np.log2(a[y])
