"""Returns a copy."""

EXERCISE = "linear"


def linear(z):
    return z.copy()
