"""Divides by the learning rate."""

EXERCISE = "sgd_step"
LOSES = ("example", "drawn")
HINT = "A smaller learning rate gives you longer steps. It should be the other way round."


def sgd_step(w, dw, learning_rate):
    return w - dw / learning_rate
