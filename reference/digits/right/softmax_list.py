"""A plain list of numbers, which is accepted with a remark."""

EXERCISE = "my_softmax"

import math


def my_softmax(z):
    powers = [math.exp(value) for value in z]
    return [power / sum(powers) for power in powers]
