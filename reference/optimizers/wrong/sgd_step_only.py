"""Returns the step instead of the weights."""

EXERCISE = "sgd_step"
LOSES = ("example", "drawn")
HINT = "This is how far the weights move, and not where they end up."


def sgd_step(w, dw, learning_rate):
    return learning_rate * dw
