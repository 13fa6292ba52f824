"""Counts the classes from 1."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = "Every class is one too high. From which number are they counted?"

import numpy as np


def categories(logits):
    return np.argmax(logits, axis=1) + 1
