"""Loops over the first axis and treats rows as numbers."""

EXERCISE = "sigmoid"
LOSES = ("number",)
HINT = "Vectors are right. A single number has no length, so there is nothing to loop over: is the loop needed?"

import numpy as np


def sigmoid(z):
    return np.array([1 / (1 + np.exp(-z[i])) for i in range(len(z))])
