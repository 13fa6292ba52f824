"""Returns the largest output instead of its place."""

EXERCISE = "categories"
LOSES = ("example", "drawn")
HINT = "These are the largest outputs. Where in their rows do they stand?"

import numpy as np


def categories(logits):
    return np.max(logits, axis=1)
