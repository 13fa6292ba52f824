"""Takes a step to either side."""

EXERCISE = "numeric_slope"
LOSES = ("example", "drawn")
HINT = (
    "You went a step to both sides, which is often the better way, but not the one asked. Where does the step "
    "begin in the formula above?"
)


def numeric_slope(w, b, x, y, step):
    return (cost(w + step, b, x, y) - cost(w - step, b, x, y)) / (2 * step)


def cost(w, b, x, y):
    return (w * x + b - y) ** 2 / 2
