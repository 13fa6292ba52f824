"""Loops over the entries and so takes only vectors."""

EXERCISE = "sigmoid"
LOSES = ("number", "shapes")
HINT = (
    "Vectors are right. A single number has no length, and the rows of a matrix are no numbers: is the loop "
    "needed at all?"
)

import numpy as np


def sigmoid(x):
    s = np.zeros(len(x))
    for i in range(len(x)):
        s[i] = 1 / (1 + np.exp(-x[i]))
    return s
