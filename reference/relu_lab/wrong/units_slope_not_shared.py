"""Gives unit 2 the whole slope of the last piece."""

EXERCISE = "units"
LOSES = ("target",)
HINT = (
    "From x = 2 on the curve is too steep by 1. Unit 1 is still awake there: how much of the slope does it "
    "already give?"
)


units = (1.0, -1.0, 4.0, -8.0)
