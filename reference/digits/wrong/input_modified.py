"""The maximum is subtracted in place, which changes the array of whoever called."""

EXERCISE = "my_softmax"
LOSES = ("unchanged",)
HINT = "The answer is right, but `-=` works inside the array that was passed in. Make a new array instead."

import numpy as np


def my_softmax(z):
    z -= np.max(z)
    ez = np.exp(z)
    return ez / np.sum(ez)
