"""Leaves unit 2 at zero, as the first hint of the lab suggests for a start."""

EXERCISE = "units"
LOSES = ("unit2", "target")
HINT = "The first two pieces fit. From x = 2 on the target climbs faster: now it is the turn of w2 and b2."


units = (1.0, -1.0, 0.0, 0.0)
