"""The hidden layer has no activation."""

EXERCISE = "added"
LOSES = ("activations",)
HINT = "Without an activation in between, two Dense layers are worth no more than one."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

added = Sequential()
added.add(Input(shape=(784,)))
added.add(Dense(32))
added.add(Dense(10, activation="softmax"))
