"""Looks at the first two inputs only."""

EXERCISE = "or_gate"
LOSES = ("three", "long")
HINT = "Inputs from the third on have no effect on your gate. OR takes all of its inputs into account."


def or_gate(x):
    if len(x) == 1:
        return int(x[0])
    return 1 if x[0] + x[1] >= 1 else 0
