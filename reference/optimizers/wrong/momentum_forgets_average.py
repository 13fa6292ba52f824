"""Returns the weights only."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "The next step needs the average too: two values are asked."


def momentum_step(w, dw, v, learning_rate, beta):
    v = beta * v + (1 - beta) * dw
    return w - learning_rate * v
