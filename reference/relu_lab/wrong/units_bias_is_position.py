"""Takes the bias for the place where the unit begins."""

EXERCISE = "units"
LOSES = ("unit1", "unit2", "target")
HINT = "The bends do not lie at 1 and 2. At which x is w x + b exactly 0 for your first unit?"


units = (1.0, 1.0, 3.0, 2.0)
