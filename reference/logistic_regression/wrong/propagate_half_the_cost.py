"""Leaves out the part of the cost for the label 0."""

EXERCISE = "propagate"
LOSES = ("cost", "drawn_cost", "single")
HINT = "Examples with the label 0 cost nothing in your sum. The formula has a second part for them."

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost
