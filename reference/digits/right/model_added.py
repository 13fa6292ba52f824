"""Layers added one by one; the output layer says nothing of its activation."""

EXERCISE = "model"

import tensorflow as tf
from tensorflow.keras.layers import Dense

model = tf.keras.Sequential()
model.add(tf.keras.layers.InputLayer((400,)))
model.add(Dense(units=25, activation=tf.nn.relu))
model.add(Dense(units=15, activation="relu"))
model.add(Dense(units=10))
