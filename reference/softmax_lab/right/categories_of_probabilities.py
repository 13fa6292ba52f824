"""By way of the probabilities, which keep the order."""

EXERCISE = "categories"

import numpy as np


def categories(logits):
    powers = np.exp(logits)
    return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=-1)
