"""Takes the mean of the means, in single precision."""

EXERCISE = "global_average_pool"

import numpy as np


def global_average_pool(maps):
    return maps.astype(np.float32).mean(axis=0).mean(axis=0)
