"""Starts to count at 1."""

EXERCISE = "optimize"
LOSES = ("step", "steps", "gradients", "costs")
HINT = "There is one step too few. How often does a loop from 1 to num_iterations run?"

import numpy as np


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    grads = {"dw": np.zeros(w.shape), "db": 0.0}
    for i in range(1, num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
