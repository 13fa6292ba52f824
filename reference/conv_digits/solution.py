"""The right answers to the lab of convolutional digits. Graded like a submission; never enters a student's room."""

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import LSTM, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.losses import SparseCategoricalCrossentropy
from tensorflow.keras.optimizers import Adam

X = np.load("digit_pictures.npy").reshape(-1, 8, 8, 1) / 16.0
y = np.load("digit_labels.npy")


def count_convolution(side, channels, window, filters):
    """The side of what a convolution without padding gives, and how many parameters it has."""
    return side - window + 1, window * window * channels * filters + filters


model = Sequential(
    [
        Input((8, 8, 1)),
        Conv2D(8, 3, activation="relu"),
        MaxPooling2D(2),
        BatchNormalization(),
        Flatten(),
        Dense(10),
    ]
)
model.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer=Adam(0.005))
model.fit(X, y, epochs=25, verbose=0)


def confusion(y, yhat, classes):
    """How often the class of the row was taken for that of the column: (classes, classes)."""
    counts = np.zeros((classes, classes), dtype=int)
    for right, predicted in zip(y, yhat):
        counts[right, predicted] += 1
    return counts


reader = Sequential([Input((8, 8)), LSTM(16), Dense(10)])
