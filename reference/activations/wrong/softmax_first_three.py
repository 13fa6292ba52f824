"""Takes only the first three powers into the sum."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "Short vectors are right. With more scores, does your sum reach all of them?"

import numpy as np


def softmax(z):
    powers = np.exp(z)
    return powers / np.sum(powers[:3])
