"""Steps along the old average."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "Your step used the average from before this gradient came in. Which is computed first?"


def momentum_step(w, dw, v, learning_rate, beta):
    new = beta * v + (1 - beta) * dw
    return w - learning_rate * v, new
