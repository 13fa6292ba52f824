"""Leaves the start out."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "One place is missing: the way begins where w was before the first step."

import numpy as np


def descend(w, curvature, learning_rate, steps):
    places = []
    for _ in range(steps):
        w = sgd_step(w, curvature * w, learning_rate)
        places.append(w)
    return np.array(places)
