"""Takes the first axis for the channels."""

EXERCISE = "global_average_pool"
LOSES = ("example", "drawn")
HINT = "You kept the first axis, and that is the height. Where do the channels stand in the shape?"

import numpy as np


def global_average_pool(maps):
    return np.mean(maps, axis=(1, 2))
