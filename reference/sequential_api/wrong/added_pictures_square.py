"""Pictures are taken for squares of 28 times 28."""

EXERCISE = "added"
LOSES = (
    "computes",
    "layers",
    "units",
    "activations",
)
HINT = "One example is a row of 784 numbers: that is its shape, without the number of examples."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

added = Sequential()
added.add(Input(shape=(28, 28)))
added.add(Dense(32, activation="relu"))
added.add(Dense(10, activation="softmax"))
