"""Looks for the largest of each column."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = "One answer came back for each class. Along which axis lie the outputs of one example?"

import numpy as np


def categories(logits):
    return np.argmax(logits, axis=0)
