"""Takes the signs."""

EXERCISE = "l2_gradient"
LOSES = ("example", "drawn")
HINT = "Large and small weights are pulled alike: that is the slope of L1."

import numpy as np


def l2_gradient(W, strength):
    return 2 * strength * np.sign(W)
