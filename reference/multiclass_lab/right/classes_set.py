"""As a set."""

EXERCISE = "classes"

import numpy as np

classes = set(int(c) for c in np.load("blob_labels.npy"))
