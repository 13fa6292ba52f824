"""Takes the outputs for probabilities."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "The logarithm met numbers that are no probabilities. What has to happen to the outputs of each row first?"

import numpy as np


def softmax_cost(Z, y):
    with np.errstate(all="ignore"):
        return -np.log(Z[np.arange(len(y)), y]).sum()
