"""Counts one half as a 1."""

EXERCISE = "predict"
LOSES = ("half",)
HINT = "Right everywhere but at exactly one half. Look once more at the sign of the comparison."


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return A2 >= 0.5
