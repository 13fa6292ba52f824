"""Makes an answer with one number for each row."""

EXERCISE = "linear_derivative"
LOSES = ("shapes",)
HINT = "Vectors are right. For a matrix the answer should have the shape of the matrix."

import numpy as np


def linear_derivative(z):
    return np.ones(len(z))
