"""Shrinks the negative entries of its argument."""

EXERCISE = "leaky_relu"
LOSES = ("integers", "unchanged")
HINT = "The numbers are right, but z itself was changed. Whoever computes the slopes later still needs it."


def leaky_relu(z):
    z[z < 0] = 0.01 * z[z < 0]
    return z
