"""Looks for the largest of the whole table."""

EXERCISE = "predict_class"
LOSES = ("example", "drawn")
HINT = "A single number came back. Every point has a class of its own: which argument of argmax says so?"

import numpy as np


def predict_class(logits):
    return np.argmax(logits)
