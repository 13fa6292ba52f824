"""Forgets the root."""

EXERCISE = "rmsprop_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "You divided by the average of squares itself. What does the R in the name stand for?"


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    return w - learning_rate * dw / (s + epsilon), s
