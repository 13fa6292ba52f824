"""With NumPy."""

EXERCISE = "classes"

import numpy as np

classes = np.unique(np.load("blob_labels.npy"))
