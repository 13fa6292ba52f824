"""The two widths are exchanged."""

EXERCISE = "added"
LOSES = ("units",)
HINT = "The first number of a Dense layer is how many units it has, not how many inputs."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

added = Sequential()
added.add(Input(shape=(784,)))
added.add(Dense(10, activation="relu"))
added.add(Dense(32, activation="softmax"))
