"""Subtracts the output from the target."""

EXERCISE = "forward"
LOSES = ("d",)
HINT = "d has the wrong sign. It did not hurt J, but it will turn every slope around: which of a and y comes first?"


forward = (-4.0, 4.0, -2.0, 2.0)
