"""Takes the height of the parabola for its slope."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "You followed the height of the parabola instead of its slope. What is the derivative of c w^2 / 2?"

import numpy as np


def descend(w, curvature, learning_rate, steps):
    places = [w]
    for _ in range(steps):
        w = sgd_step(w, curvature * w**2 / 2, learning_rate)
        places.append(w)
    return np.array(places)
