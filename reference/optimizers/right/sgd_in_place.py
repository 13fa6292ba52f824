"""Changes the weights in place."""

EXERCISE = "sgd_step"


def sgd_step(w, dw, learning_rate):
    w -= learning_rate * dw
    return w
