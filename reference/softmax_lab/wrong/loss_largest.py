"""Takes the largest probability instead of the right one."""

EXERCISE = "softmax_loss"
LOSES = ("example", "drawn")
HINT = "You look at the class the model prefers. Which class is the truth?"

import numpy as np


def softmax_loss(a, y):
    return -np.log(np.max(a))
