"""Reads the shape off the array."""

EXERCISE = "x_shape"

import numpy as np

X_train = np.load("blob_inputs.npy")
X_shape = X_train.shape
