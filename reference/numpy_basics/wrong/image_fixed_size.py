"""Writes the size of the example into the code."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn", "column")
HINT = "The lab's first image is right, other sizes are not. Where does your code say 12?"


def image2vector(image):
    return image.reshape(12, 1)
