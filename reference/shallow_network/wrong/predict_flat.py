"""Returns a flat array."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half")
HINT = "The zeros and ones are right, but they stand in an array with one axis. A row has the shape (1, m)."


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return (A2 > 0.5).reshape(-1)
