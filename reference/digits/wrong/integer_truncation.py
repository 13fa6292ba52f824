"""The result array is made like z, so for whole numbers it cuts every probability to 0."""

EXERCISE = "my_softmax"
LOSES = ("integers",)
HINT = "With whole numbers in z every probability became 0. What kind of numbers can the array you fill hold?"

import numpy as np


def my_softmax(z):
    a = np.zeros_like(z)
    ez_sum = 0
    for k in range(len(z)):
        ez_sum += np.exp(z[k])
    for j in range(len(z)):
        a[j] = np.exp(z[j]) / ez_sum
    return a
