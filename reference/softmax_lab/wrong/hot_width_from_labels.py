"""Makes as many columns as the largest class in sight needs."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "The highest class did not occur, and its column is missing. Which argument says how many columns there are?"

import numpy as np


def one_hot(y, N):
    return np.eye(np.max(y) + 1)[y]
