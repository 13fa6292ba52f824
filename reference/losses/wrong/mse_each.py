"""Returns the squared errors without taking their mean."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "These are the squared errors one by one. A loss is a single number."


def mse(y, yhat):
    return (y - yhat) ** 2
