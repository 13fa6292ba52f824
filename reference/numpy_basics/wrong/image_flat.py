"""Flattens the image to one axis."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn", "column")
HINT = "All numbers are there and in order, but the answer has one axis only. A column has two."


def image2vector(image):
    return image.reshape(-1)
