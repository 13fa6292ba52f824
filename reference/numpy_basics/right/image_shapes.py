"""Multiplies the three sizes."""

EXERCISE = "image2vector"


def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
