"""Returns the distance between the two."""

EXERCISE = "output_range"
LOSES = ("example", "drawn")
HINT = "This is how far the outputs are apart. Which two numbers did you subtract?"

import numpy as np


def output_range(outputs):
    return np.max(outputs) - np.min(outputs)
