"""Treats outputs as probabilities and looks for the first above one half."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = (
    "The outputs are no probabilities, so one half means nothing here. Is a threshold needed to find the largest "
    "of a row?"
)

import numpy as np


def categories(logits):
    return np.argmax(logits > 0.5, axis=1)
