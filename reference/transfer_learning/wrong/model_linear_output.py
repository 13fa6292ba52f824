"""The output layer has no activation."""

EXERCISE = "model"
LOSES = ("activations",)
HINT = "Without softmax the ten outputs are sums, not probabilities."

from tensorflow.keras import Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten

base = VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Sequential(
    [
        base,
        Flatten(),
        Dense(512, activation="relu"),
        Dense(10),
    ]
)
