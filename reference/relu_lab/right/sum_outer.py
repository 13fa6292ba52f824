"""Makes a table of inputs and units and adds along the units."""

EXERCISE = "layer_sum"

import numpy as np


def layer_sum(x, w, b):
    return np.maximum(0, np.outer(x, w) + b).sum(axis=1)
