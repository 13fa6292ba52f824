"""The sigmoid of each entry is returned, as for a yes-or-no question."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "This is the sigmoid, which looks at each entry alone. In softmax all entries share one denominator."

import numpy as np


def my_softmax(z):
    return 1 / (1 + np.exp(-z))
