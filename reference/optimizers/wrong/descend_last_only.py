"""Returns the last place."""

EXERCISE = "descend"
LOSES = ("example", "drawn")
HINT = "This is where the way ends. All places on it are asked."


def descend(w, curvature, learning_rate, steps):
    for _ in range(steps):
        w = sgd_step(w, curvature * w, learning_rate)
    return w
