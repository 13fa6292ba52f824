"""Adds the whole gradient."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "Your average takes in the whole gradient. In a weighted average the two weights add up to 1."


def momentum_step(w, dw, v, learning_rate, beta):
    v = beta * v + dw
    return w - learning_rate * v, v
