"""Takes the mean over the classes."""

EXERCISE = "kl_divergence"
LOSES = ("example", "drawn", "zero")
HINT = "You divided by the number of classes. The weights p already make a mean of the sum."

import numpy as np


def kl_divergence(p, q):
    return np.mean(p * np.log(p / q))
