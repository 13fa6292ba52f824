"""The hidden layers use the sigmoid."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = "Sigmoid belongs to the lab before this one; the hidden layers here use ReLU."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25, activation="sigmoid"),
        Dense(15, activation="sigmoid"),
        Dense(10, activation="linear"),
    ]
)
