"""Takes the mean over all entries."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss shrinks with the number of classes. The mean is over examples, that is over rows."

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.mean(Y * np.log(P))
