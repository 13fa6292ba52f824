"""Starts counting at the second input."""

EXERCISE = "and_gate"
LOSES = ("table",)
HINT = "Your gate does not notice the input x[0]. Python counts from 0: do you reach all three?"


def and_gate(x):
    return 1 if x[1] + x[2] == 2 else 0
