"""Takes the mean over the height only."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "The height is gone, the width is still there. A map becomes a single number."

import numpy as np


def global_average_pool(maps):
    return np.mean(maps, axis=0)
