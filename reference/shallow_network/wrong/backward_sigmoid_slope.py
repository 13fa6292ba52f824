"""Takes the slope of the sigmoid in the hidden layer."""

EXERCISE = "backward_propagation"
LOSES = ("hidden", "drawn_hidden", "single")
HINT = (
    "The output layer is right. In the hidden layer you use A1 (1 - A1), the slope of the sigmoid. Which function"
    " is it here?"
)

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * A1 * (1 - A1)
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, A1.T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
