"""Leaves the last picture out."""

EXERCISE = "count_errors"
LOSES = ("example", "drawn", "column")
HINT = "The last picture is never looked at. Where does your loop end?"


def count_errors(predicted, labels):
    labels = labels.ravel()
    return sum(int(predicted[i] != labels[i]) for i in range(len(predicted) - 1))
