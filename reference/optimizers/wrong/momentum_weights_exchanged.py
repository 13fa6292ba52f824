"""Exchanges the weights of old and new."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "With beta near 1 the old average should weigh most. In yours the new gradient does."


def momentum_step(w, dw, v, learning_rate, beta):
    v = (1 - beta) * v + beta * dw
    return w - learning_rate * v, v
