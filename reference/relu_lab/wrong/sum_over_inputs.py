"""Adds along the wrong axis: one number for each unit."""

EXERCISE = "layer_sum"
LOSES = ("example", "drawn")
HINT = "You have one number for each unit, but one for each input was asked. Along which axis do you add?"

import numpy as np


def layer_sum(x, w, b):
    return np.maximum(0, np.outer(x, w) + b).sum(axis=0)
