"""Forgets ReLU."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "Some features are below 0. What does the layer do after the sums?"


def hidden_features(X, W1, b1):
    return X @ W1 + b1
