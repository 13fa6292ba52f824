"""Looks for the largest of the whole table."""

EXERCISE = "predict_digits"
LOSES = ("example", "drawn", "probabilities")
HINT = "A single number came back. Every example has a class of its own: which argument of argmax says so?"

import numpy as np


def predict_digits(logits):
    return np.argmax(logits)
