"""The output layer applies the sigmoid, as it did for a yes-or-no question."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = (
    "Sigmoid answers one yes-or-no question. Here ten digits compete, and the loss takes care of that; the output "
    "layer stays linear."
)

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu"),
        Dense(15, activation="relu"),
        Dense(10, activation="sigmoid"),
    ]
)
