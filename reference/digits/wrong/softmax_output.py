"""The output layer applies softmax, although the loss will do so as well."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = (
    "Softmax is not lost: from_logits=True in the loss applies it there, where it is more exact. The output layer "
    "itself stays linear."
)

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="relu"),
        Dense(15, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
