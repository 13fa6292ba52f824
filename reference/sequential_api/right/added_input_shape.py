"""The first layer is told its input shape."""

EXERCISE = "added"

from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

added = Sequential()
added.add(Dense(32, activation="relu", input_shape=(784,)))
added.add(Dense(units=10, activation="softmax"))
