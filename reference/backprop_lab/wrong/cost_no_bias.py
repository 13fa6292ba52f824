"""Forgets the bias."""

EXERCISE = "cost"
LOSES = ("example", "drawn")
HINT = "Changing b changes nothing in your cost. At which node does b come in?"


def cost(w, b, x, y):
    return (w * x - y) ** 2 / 2
