"""Reads the pixels in Fortran's order."""

EXERCISE = "image2vector"
LOSES = ("example", "drawn")
HINT = (
    "The shape is right, but the numbers stand in another order. NumPy reads the last axis first unless told otherwise."
)


def image2vector(image):
    return image.reshape(-1, 1, order="F")
