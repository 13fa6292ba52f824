"""The output layer has no activation."""

EXERCISE = "listed"
LOSES = ("activations",)
HINT = "Here the model itself is asked for probabilities, so softmax stands at its end."

from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

listed = Sequential(
    [
        Input(shape=(784,)),
        Dense(32, activation="relu"),
        Dense(10),
    ]
)
