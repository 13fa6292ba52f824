"""The hidden layer of the head has half the units."""

EXERCISE = "model"
LOSES = (
    "units",
    "trainable",
    "parameters",
)
HINT = "512 units in between, and one for each of the ten classes."

from tensorflow.keras import Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten

base = VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Sequential(
    [
        base,
        Flatten(),
        Dense(256, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
