"""Takes the biggest input."""

EXERCISE = "or_gate"


def or_gate(x):
    return max(x)
