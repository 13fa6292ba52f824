"""From all weights of the model at once."""

EXERCISE = "weight_shapes"

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Input((2,)), Dense(2, activation="relu", name="L1"), Dense(4, activation="linear", name="L2")])
weight_shapes = [w.shape for w in model.get_weights()]
