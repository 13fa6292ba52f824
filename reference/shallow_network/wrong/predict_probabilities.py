"""Returns the network's output."""

EXERCISE = "predict"
LOSES = ("example", "drawn", "half")
HINT = "These are the probabilities themselves. The last step is missing: above one half, or not?"


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    return A2
