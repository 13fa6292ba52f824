"""Sets the negative entries of its argument to 0."""

EXERCISE = "relu"
LOSES = ("unchanged",)
HINT = "The numbers are right, but z itself was changed. Whoever computes the slopes later still needs it."


def relu(z):
    z[z < 0] = 0
    return z
