"""Leaves the curvature out."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "Steep and flat parabolas give you the same way. What does the curvature do to the slope?"

import numpy as np


def descend(w, curvature, learning_rate, steps):
    places = [w]
    for _ in range(steps):
        w = sgd_step(w, w, learning_rate)
        places.append(w)
    return np.array(places)
