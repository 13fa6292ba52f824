"""Takes the largest probability instead of the target's."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss does not depend on the labels: a confident wrong answer costs nothing. Which probability counts?"

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.mean(np.log(np.max(P, axis=1)))
