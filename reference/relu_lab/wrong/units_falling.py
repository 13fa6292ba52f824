"""Uses negative weights, so that both units are awake on the wrong side."""

EXERCISE = "units"
LOSES = ("unit1", "unit2", "target")
HINT = (
    "Your units are awake to the left of their bend and silent to the right of it. What decides on which side a "
    "unit is silent?"
)


units = (-1.0, 1.0, -3.0, 6.0)
