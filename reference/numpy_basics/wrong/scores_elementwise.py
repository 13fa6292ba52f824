"""Multiplies entry by entry and never adds up."""

EXERCISE = "linear_scores"
LOSES = ("example", "drawn", "single")
HINT = (
    "Your products are right, but they are not added up: there is a row for each feature. One score for each "
    "example was asked."
)


def linear_scores(w, X, b):
    return w * X + b
