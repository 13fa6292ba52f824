"""Multiplies the matrices in the order in which they are applied."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The shapes fit only by chance, if at all. The layer that comes last stands on the left of the product."


def collapse(W1, b1, W2, b2):
    return W1 @ W2, W1 @ b2 + b1
