"""The hidden layers have no activation, so the three layers are one linear map."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = "Without an activation, layers in a row are no more than one linear layer. The hidden layers need ReLU."

import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential(
    [
        tf.keras.Input(shape=(400,)),
        Dense(25),
        Dense(15),
        Dense(10),
    ]
)
