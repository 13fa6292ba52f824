"""Exchanges length and height before reshaping."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn")
HINT = (
    "The shape is right, but rows and columns of the image have changed places. Is there anything to turn before "
    "the reshape?"
)

import numpy as np


def image2vector(image):
    return np.swapaxes(image, 0, 1).reshape(-1, 1)
