"""With one-hot labels and the loss that goes with them."""

EXERCISE = "model"

import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense

X_train, y_train = np.load("blob_inputs.npy"), np.load("blob_labels.npy")
model = Sequential([Dense(25, activation="relu"), Dense(15, activation="relu"), Dense(4, activation="softmax")])
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(X_train, np.eye(4)[y_train], epochs=10, verbose=0)
