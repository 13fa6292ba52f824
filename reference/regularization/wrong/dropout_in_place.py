"""Writes into the activations."""

EXERCISE = "dropout"
LOSES = ("unchanged",)
HINT = "The numbers are right, but A itself was changed. Put the answer into an array of its own."


def dropout(A, mask, p):
    A *= mask
    A /= 1 - p
    return A
