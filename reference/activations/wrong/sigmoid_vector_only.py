"""Makes an answer with one number for each row."""

EXERCISE = "sigmoid"
LOSES = ("shapes",)
HINT = "Vectors are right, matrices are not: your loop visits rows, and np.exp of a row is a row."

import numpy as np


def sigmoid(z):
    a = np.zeros(len(z))
    for i in range(len(z)):
        a[i] = 1 / (1 + np.exp(-z[i]))
    return a
