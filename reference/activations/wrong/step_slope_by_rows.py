"""Makes an answer with one number for each row."""

EXERCISE = "step_derivative"
LOSES = ("shapes",)
HINT = "Vectors are right. For a matrix the answer should have the shape of the matrix."

import numpy as np


def step_derivative(z):
    return np.zeros(len(z))
