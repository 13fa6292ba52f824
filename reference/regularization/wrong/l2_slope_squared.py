"""Keeps the square."""

EXERCISE = "l2_gradient"
LOSES = ("example", "drawn")
HINT = "You kept the square. The derivative of a square is one power lower."


def l2_gradient(W, strength):
    return 2 * strength * W**2
