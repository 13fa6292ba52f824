"""Keeps what should be dropped."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = 'You kept the zeros of the mask and dropped its ones. Which of them means "stays"?'


def dropout(A, mask, p):
    return A * (1 - mask) / (1 - p)
