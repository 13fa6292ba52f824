"""Goes example by example."""

EXERCISE = "forward_propagation"

import numpy as np


def forward_propagation(X, parameters):
    columns = {"Z1": [], "A1": [], "Z2": [], "A2": []}
    for x in X.T:
        z1 = parameters["W1"] @ x + parameters["b1"][:, 0]
        a1 = np.tanh(z1)
        z2 = parameters["W2"] @ a1 + parameters["b2"][:, 0]
        a2 = 1 / (1 + np.exp(-z2))
        for name, value in zip(columns, (z1, a1, z2, a2)):
            columns[name].append(value)
    cache = {name: np.array(values).T for name, values in columns.items()}
    return cache["A2"], cache
