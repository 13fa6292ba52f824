"""The layers of the base are frozen one by one, and the head is added."""

EXERCISE = "model"

from tensorflow.keras import Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten

base = VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
for layer in base.layers:
    layer.trainable = False

model = Sequential()
model.add(base)
model.add(Flatten())
model.add(Dense(512, activation="relu"))
model.add(Dense(10, activation="softmax"))
