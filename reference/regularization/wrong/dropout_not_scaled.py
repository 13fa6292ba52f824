"""Does not scale."""

EXERCISE = "dropout"
LOSES = ("example", "drawn", "unchanged")
HINT = "Your layer gets quieter by what is dropped. Those that stay have to make up for it."


def dropout(A, mask, p):
    return A * mask
