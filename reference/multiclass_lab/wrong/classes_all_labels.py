"""Gives the class of every point."""

EXERCISE = "classes"
LOSES = ("value",)
HINT = "These are the classes of all points, many times the same. How do you get each of them once?"

import numpy as np

classes = np.random.default_rng(30).permutation(np.arange(100) % 4)
