"""Gives the slope of each node alone, without what lies behind it."""

EXERCISE = "backward"
LOSES = ("dj_da",)
HINT = (
    "These are the slopes of single nodes. Each must still be multiplied by the slope of what comes after: what "
    "is that rule called?"
)


backward = (2.0, 1.0, 1.0, 1.0, -2.0)
