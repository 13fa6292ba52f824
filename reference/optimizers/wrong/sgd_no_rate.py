"""Leaves the learning rate out."""

EXERCISE = "sgd_step"
LOSES = ("example", "drawn")
HINT = "Your step is as long as the gradient. What shortens it?"


def sgd_step(w, dw, learning_rate):
    return w - dw
