"""Takes the mean over the channels."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "You mixed the channels and kept the places. It should be the other way round."

import numpy as np


def global_average_pool(maps):
    return np.mean(maps, axis=2)
