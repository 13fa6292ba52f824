"""Collects the pixels one by one."""

EXERCISE = "image2vector"

import numpy as np


def image2vector(image):
    v = []
    for row in image:
        for pixel in row:
            for value in pixel:
                v.append([value])
    return np.array(v)
