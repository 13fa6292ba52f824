"""Looks for the largest of the whole table."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = "A single number came back. Every example has a class of its own: which argument of argmax says so?"

import numpy as np


def categories(logits):
    return np.argmax(logits)
