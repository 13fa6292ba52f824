"""Adds up one by one."""

EXERCISE = "l2"


def L2(yhat, y):
    loss = 0
    for truth, guess in zip(y, yhat):
        loss += (truth - guess) ** 2
    return loss
