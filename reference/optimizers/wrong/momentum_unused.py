"""Steps along the gradient."""

EXERCISE = "momentum_step"
LOSES = ("example", "drawn", "first")
HINT = "Your average is right, and then the step does not use it. Along which of the two do the weights move?"


def momentum_step(w, dw, v, learning_rate, beta):
    v = beta * v + (1 - beta) * dw
    return w - learning_rate * dw, v
