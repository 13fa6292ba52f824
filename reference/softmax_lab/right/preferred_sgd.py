"""With plain gradient descent at a larger rate."""

EXERCISE = "preferred_model"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
preferred_model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "linear")])
preferred_model.compile(
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer=tf.keras.optimizers.SGD(0.1)
)
preferred_model.fit(X_train, y_train, epochs=10, verbose=0)
