"""Leaves ReLU out between the layers."""

EXERCISE = "network_output"
LOSES = ("example", "drawn")
HINT = "Two linear layers in a row are one. What stands between them?"


def network_output(X, W1, b1, W2, b2):
    return (X @ W1 + b1) @ W2 + b2
