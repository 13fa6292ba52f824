"""Takes w itself for the factor of the product."""

EXERCISE = "backward"
LOSES = ("dj_dw",)
HINT = "At the product the slope for one factor is the other factor. Which one did you take for w?"


backward = (2.0, 2.0, 2.0, 2.0, 4.0)
