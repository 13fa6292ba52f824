"""Applies the learning rate to the whole difference."""

EXERCISE = "sgd_step"
LOSES = ("example", "drawn")
HINT = "The learning rate shrank the weights too. What is it meant to shorten?"


def sgd_step(w, dw, learning_rate):
    return learning_rate * (w - dw)
