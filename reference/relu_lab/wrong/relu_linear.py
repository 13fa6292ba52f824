"""Returns z as it is."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = (
    "Negative entries come through unchanged, so nothing was ever switched off. Where does your code look at the sign?"
)


def relu(z):
    return z
