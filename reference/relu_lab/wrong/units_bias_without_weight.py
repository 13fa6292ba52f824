"""Uses minus the position as the bias of the second unit, whatever its weight."""

EXERCISE = "units"
LOSES = ("unit2", "target")
HINT = "Unit 1 is right. Unit 2 wakes too early: with its weight, at which x does w x + b become 0?"


units = (1.0, -1.0, 3.0, -2.0)
