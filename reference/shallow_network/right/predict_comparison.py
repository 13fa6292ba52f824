"""Returns the comparison itself."""

EXERCISE = "predict"


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return A2 > 0.5
