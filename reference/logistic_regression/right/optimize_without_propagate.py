"""Computes the gradients itself."""

EXERCISE = "optimize"

import numpy as np


def optimize(w, b, X, Y, num_iterations, learning_rate):
    m = X.shape[1]
    costs = []
    for i in range(num_iterations):
        A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
        if i % 100 == 0:
            costs.append(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
        dw, db = np.dot(X, (A - Y).T) / m, np.mean(A - Y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"w": w, "b": b}, {"dw": dw, "db": db}, costs
