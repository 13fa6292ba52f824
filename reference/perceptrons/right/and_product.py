"""Multiplies the inputs."""

EXERCISE = "and_gate"


def and_gate(x):
    return x[0] * x[1] * x[2]
