"""Adds the terms of the classes that are not the target."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss treats each class as a question of its own. Here only the target's probability counts."

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / len(Y)
