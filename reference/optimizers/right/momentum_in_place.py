"""Changes weights and average in place."""

EXERCISE = "momentum_step"


def momentum_step(w, dw, v, learning_rate, beta):
    v *= beta
    v += (1 - beta) * dw
    w -= learning_rate * v
    return w, v
