"""ReLU and softmax have changed places."""

EXERCISE = "separate"
LOSES = ("activations",)
HINT = "ReLU belongs between the two Dense layers, softmax behind the last."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Activation, Dense

separate = Sequential(
    [
        Input(shape=(784,)),
        Dense(32),
        Activation("softmax"),
        Dense(10),
        Activation("relu"),
    ]
)
