"""Takes x for the value of the sigmoid."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "You use x itself where its sigmoid belongs: x (1 - x). At x = 0 that gives 0, where the curve is steepest."


def sigmoid_derivative(x):
    return x * (1 - x)
