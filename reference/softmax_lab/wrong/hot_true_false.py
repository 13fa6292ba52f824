"""Returns True and False."""

EXERCISE = "one_hot"
LOSES = ("example", "drawn")
HINT = "The ones stand in the right places, but as True and False. Which numbers does the loss want to see?"

import numpy as np


def one_hot(y, N):
    return y[:, None] == np.arange(N)
