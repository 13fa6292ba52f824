"""Takes the gradient of the start at every step."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "All your steps are equally long. The gradient belongs to a place: is it still the one of the start?"

import numpy as np


def descend(w, curvature, learning_rate, steps):
    dw = curvature * w
    places = [w]
    for _ in range(steps):
        places.append(sgd_step(places[-1], dw, learning_rate))
    return np.array(places)
