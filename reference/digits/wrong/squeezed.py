"""np.squeeze turns the answer for a single entry into a bare number."""

EXERCISE = "my_softmax"
LOSES = ("single",)
HINT = "For a single entry the answer is a bare number. np.squeeze drops every axis of length 1, also the one you need."

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    return np.squeeze(ez / np.sum(ez))
