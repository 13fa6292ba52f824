"""Takes the largest."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "That is global *max* pooling. Which kind is asked?"

import numpy as np


def global_average_pool(maps):
    return np.max(maps, axis=(0, 1))
