"""The right answers to the ReLU lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def relu(z):
    """max(0, z), entry by entry of z (any shape)."""
    return np.maximum(z, 0)


def relu_unit(x, w, b):
    """relu(w x + b) for every entry of x (m,), with one weight and one bias."""
    return relu(w * x + b)


def layer_sum(x, w, b):
    """The sum of n ReLU units with weights w (n,) and biases b (n,), for every entry of x (m,)."""
    return relu_unit(x[:, np.newaxis], w, b).sum(axis=1)


# The target has slope 1 from x = 1 on and slope 4 from x = 2 on, of which unit 1 already gives 1.
units = (1.0, -1.0, 3.0, -6.0)
