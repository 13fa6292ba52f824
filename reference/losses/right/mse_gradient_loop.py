"""Adds up in a loop."""

EXERCISE = "mse_gradient"


def mse_gradient(x, y, w, b):
    N = len(x)
    dw, db = 0.0, 0.0
    for i in range(N):
        error = w * x[i] + b - y[i]
        dw += 2 / N * x[i] * error
        db += 2 / N * error
    return dw, db
