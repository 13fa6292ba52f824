"""Answers -1 instead of 0."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "Your silent neuron says -1. In this lab a silent neuron says 0."

import numpy as np


def perceptron(x, w, b):
    return 1 if np.dot(w, x) + b > 0 else -1
