"""In a list."""

EXERCISE = "categories"

import numpy as np


def categories(logits):
    return [int(np.argmax(row)) for row in logits]
