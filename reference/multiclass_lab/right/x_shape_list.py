"""In a list."""

EXERCISE = "x_shape"


X_shape = [100, 2]
