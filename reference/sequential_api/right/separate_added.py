"""The same layers, added one by one."""

EXERCISE = "separate"

from tensorflow.keras import Sequential
from tensorflow.keras.layers import Activation, Dense

separate = Sequential()
separate.add(Dense(32, input_shape=(784,)))
separate.add(Activation("relu"))
separate.add(Dense(10))
separate.add(Activation("softmax"))
