"""Leaves the activation out."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = (
    "Your states can leave the range from -1 to 1, and over many steps they would grow without end. What keeps "
    "them inside?"
)


def rnn_step(x, h, W_hh, W_hx):
    return W_hh @ h + W_hx @ x
