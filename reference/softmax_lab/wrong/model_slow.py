"""Uses a learning rate that is a hundred times too small."""

EXERCISE = "model"
LOSES = ("learns", "loss", "accuracy")
HINT = "Is the model compiled and fitted, with the classes as they come in y_train?"

import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
model = Sequential([Input((2,)), Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, "softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer=tf.keras.optimizers.Adam(0.00001))
model.fit(X_train, y_train, epochs=10, verbose=0)
