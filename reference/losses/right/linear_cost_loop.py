"""Adds up in a loop."""

EXERCISE = "linear_cost"


def linear_cost(x, y, w, b):
    m = x.shape[0]
    cost = 0.0
    for i in range(m):
        f = w * x[i] + b
        cost = cost + (f - y[i]) ** 2
    return cost / (2 * m)
