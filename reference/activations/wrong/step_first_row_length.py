"""Makes an answer with one number for each row."""

EXERCISE = "step"
LOSES = ("shapes",)
HINT = "Vectors are right. For a matrix your answer should have the shape of the matrix, not one number for each row."

import numpy as np


def step(z):
    a = np.zeros(len(z))
    for i in range(len(z)):
        a[i] = np.all(z[i] >= 0)
    return a
