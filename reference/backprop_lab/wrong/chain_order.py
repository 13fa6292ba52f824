"""Returns the inner slope first."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = "The first two slopes have changed places: du/dv comes first."


def chain_rule(x):
    v = x**2 + 1
    return 2 * x, 3 * v**2, 6 * x * v**2
