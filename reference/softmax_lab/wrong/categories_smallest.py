"""Looks for the smallest output."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = "These classes are the least likely ones. Which end of the row was asked?"

import numpy as np


def categories(logits):
    return np.argmin(logits, axis=1)
