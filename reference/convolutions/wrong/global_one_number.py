"""Takes the mean of everything."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "All channels went into one number. Each channel is to keep its own."

import numpy as np


def global_average_pool(maps):
    return np.mean(maps)
