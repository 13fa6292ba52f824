"""Returns which ones are wrong."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "There is a True or False for each picture. What makes a number of them?"


def count_errors(predicted, labels):
    return predicted != labels.ravel()
