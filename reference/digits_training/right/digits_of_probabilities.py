"""By way of the probabilities, which keep the order."""

EXERCISE = "predict_digits"

import numpy as np


def predict_digits(logits):
    powers = np.exp(logits)
    return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=-1)
