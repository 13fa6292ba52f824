"""Takes the outer slope for the whole."""

EXERCISE = "chain_rule"
LOSES = ("example", "drawn")
HINT = (
    "The third slope is the same as the first. A step of x is stretched twice on its way to u: which factor is missing?"
)


def chain_rule(x):
    v = x**2 + 1
    return 3 * v**2, 2 * x, 3 * v**2
