"""The right answers to the training of the digits. Graded like a submission; never enters a room with student code."""

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.losses import SparseCategoricalCrossentropy

X, y = np.load("digit_pictures.npy") / 255.0, np.load("digit_labels.npy")

layers = [Input((400,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(10, activation="linear")]
model = Sequential(layers)
model.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
history = model.fit(X, y, epochs=25, verbose=0)


def to_probabilities(logits):
    """Softmax of each row of logits (m, N)."""
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


def predict_digits(logits):
    """The place of the largest of each row of logits (m, N): (m,)."""
    return np.argmax(logits, axis=1)


def count_errors(predicted, labels):
    """In how many places predicted (m,) and labels, (m,) or (m, 1), differ."""
    return np.sum(predicted != labels.ravel())
