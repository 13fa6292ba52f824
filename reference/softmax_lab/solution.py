"""The right answers to the softmax lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.losses import SparseCategoricalCrossentropy


def softmax_loss(a, y):
    """-log a_y for probabilities a (N,) and a class y, counted from 0."""
    return -np.log(a[y])


def softmax_cost(Z, y):
    """The sum of -log softmax(z)_y over the rows z of Z (m, N) and the classes y (m,)."""
    powers = np.exp(Z)
    A = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(A[np.arange(len(y)), y]).sum()


def one_hot(y, N):
    """Rows of N zeros, but for a 1 at the place of each class of y (m,): (m, N)."""
    return np.eye(N)[y]


X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")

obvious_layers = [Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "softmax")]
model = Sequential(obvious_layers)
model.compile(loss=SparseCategoricalCrossentropy(), optimizer="adam")
history = model.fit(X_train, y_train, epochs=10, verbose=0)

preferred_layers = [Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4)]
preferred_model = Sequential(preferred_layers)
preferred_model.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
preferred_history = preferred_model.fit(X_train, y_train, epochs=10, verbose=0)


def output_range(outputs):
    """The smallest and the largest of all outputs (m, N), as a tuple."""
    return outputs.min(), outputs.max()


def to_probabilities(logits):
    """Softmax of each row of logits (m, N)."""
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


def categories(logits):
    """The place of the largest of each row of logits (m, N): (m,)."""
    return np.argmax(logits, axis=1)
