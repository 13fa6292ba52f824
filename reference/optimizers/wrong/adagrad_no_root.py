"""Forgets the root."""

EXERCISE = "adagrad_step"
LOSES = ("example", "drawn", "epsilon", "still")
HINT = "Large gradients are punished too much: you divided by the sum of squares itself."


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + dw**2
    return w - learning_rate * dw / (s + epsilon), s
