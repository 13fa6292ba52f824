"""Stops one step early."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "Your way is one step too short. There are as many steps as asked, and one place more than that."

import numpy as np


def descend(w, curvature, learning_rate, steps):
    places = [w]
    for _ in range(1, steps):
        w = sgd_step(w, curvature * w, learning_rate)
        places.append(w)
    return np.array(places)
