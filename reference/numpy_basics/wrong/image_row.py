"""Makes a row."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn", "column")
HINT = "Your answer lies down: it is a row (1, n). Which of the two numbers of the shape should be 1?"


def image2vector(image):
    return image.reshape(1, -1)
