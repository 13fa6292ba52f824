"""Uses Python's own and."""

EXERCISE = "and_gate"


def and_gate(x):
    if x[0] and x[1] and x[2]:
        return 1
    return 0
