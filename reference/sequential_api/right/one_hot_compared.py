"""Labels are compared with the numbers of the classes."""

EXERCISE = "one_hot"

import numpy as np


def one_hot(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype(np.float32)
