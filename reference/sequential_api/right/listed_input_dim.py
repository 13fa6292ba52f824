"""The first layer is told its inputs the old way."""

EXERCISE = "listed"

from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

listed = Sequential([Dense(32, input_dim=784, activation="relu"), Dense(10, activation="softmax")])
