"""Adds the step."""

EXERCISE = "sgd_step"
LOSES = ("example", "drawn")
HINT = (
    "Your weights climb: where the gradient is positive, the loss grows with the weight. In which direction does "
    "it shrink?"
)


def sgd_step(w, dw, learning_rate):
    return w + learning_rate * dw
