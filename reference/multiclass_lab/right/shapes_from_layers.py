"""Reads them off the layers."""

EXERCISE = "weight_shapes"

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

model = Sequential([Input((2,)), Dense(2, activation="relu", name="L1"), Dense(4, activation="linear", name="L2")])
W1, b1 = model.get_layer("L1").get_weights()
W2, b2 = model.get_layer("L2").get_weights()
weight_shapes = (W1.shape, b1.shape, W2.shape, b2.shape)
