"""Returns a list of two arrays."""

EXERCISE = "collapse"


def collapse(W1, b1, W2, b2):
    return [W2.dot(W1), W2.dot(b1) + b2]
