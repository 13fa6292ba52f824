"""Returns one minus the probability."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = "This grows evenly as the probability falls. Which function makes a confident mistake really dear?"


def softmax_loss(a, y):
    return 1 - a[y]
