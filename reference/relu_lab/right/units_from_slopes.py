"""Works the numbers out from the slopes of the target."""

EXERCISE = "units"

import numpy as np

slopes = np.diff([2, 0, 1, 5])
w1, w2 = slopes[1], slopes[2] - slopes[1]
b1, b2 = -w1 * 1, -w2 * 2
units = (w1, b1, w2, b2)
