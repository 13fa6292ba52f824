"""The base would be trained as well."""

EXERCISE = "model"
LOSES = ("trainable",)
HINT = "`trainable` says of a layer, or of a whole model, whether training may change it."

from tensorflow.keras import Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten

base = VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
model = Sequential(
    [
        base,
        Flatten(),
        Dense(512, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
