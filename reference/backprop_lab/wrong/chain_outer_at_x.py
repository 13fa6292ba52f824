"""Takes the outer slope at x instead of v."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = "The slope of u was taken at x. Of what is u the third power?"


def chain_rule(x):
    return 3 * x**2, 2 * x, 3 * x**2 * 2 * x
