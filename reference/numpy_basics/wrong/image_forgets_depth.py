"""Multiplies only two of the three sizes."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn", "column")
HINT = "The number of rows you ask for misses one of the three axes of the image."


def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1], 1)
