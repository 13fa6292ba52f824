"""Adds everything up into one number."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "Everything ended in a single number. Which axis of the table of inputs and units should remain?"

import numpy as np


def layer_sum(x, w, b):
    return np.sum(np.maximum(0, np.outer(x, w) + b))
