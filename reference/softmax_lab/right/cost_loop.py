"""In a loop over the examples."""

EXERCISE = "softmax_cost"

import numpy as np


def softmax_cost(Z, y):
    total = 0.0
    for i in range(len(y)):
        a = np.exp(Z[i]) / np.sum(np.exp(Z[i]))
        total += -np.log(a[y[i]])
    return total
