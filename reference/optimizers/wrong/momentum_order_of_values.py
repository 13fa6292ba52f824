"""Returns the average first."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "Both values are right and stand in the wrong order."


def momentum_step(w, dw, v, learning_rate, beta):
    v = beta * v + (1 - beta) * dw
    return v, w - learning_rate * v
