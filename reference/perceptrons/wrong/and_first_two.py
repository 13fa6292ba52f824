"""Leaves the third input out."""

EXERCISE = "and_gate"
LOSES = ("example", "table")
HINT = "Your gate does not notice its third input. All three have a say."


def and_gate(x):
    return 1 if x[0] == 1 and x[1] == 1 else 0
