"""Has a column for each example."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "Your table lies on its side. What has a row, an example or a class?"

import numpy as np


def one_hot(y, N):
    return np.eye(N)[y].T
