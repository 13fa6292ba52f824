"""Keeps the channels as columns."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn", "column")
HINT = "Your answer keeps one column for each channel. All of them belong into one."


def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1], image.shape[2])
