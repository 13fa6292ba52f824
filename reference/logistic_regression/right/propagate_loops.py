"""Goes example by example."""

EXERCISE = "propagate"

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    dw, db, cost = np.zeros(w.shape), 0.0, 0.0
    for i in range(m):
        x = X[:, i : i + 1]
        a = sigmoid(np.sum(w * x) + b)
        cost -= np.log(a) if Y[0, i] == 1 else np.log(1 - a)
        dw += (a - Y[0, i]) * x
        db += a - Y[0, i]
    return {"dw": dw / m, "db": db / m}, cost / m
