"""Goes through the examples in a loop."""

EXERCISE = "binary_cross_entropy"

import math


def binary_cross_entropy(y, yhat):
    total = 0
    for label, p in zip(y, yhat):
        total -= math.log(p) if label == 1 else math.log(1 - p)
    return total / len(y)
