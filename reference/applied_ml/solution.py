"""The right answers to the lab of advice. Graded like a submission; never enters a room that runs student code."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.losses import SparseCategoricalCrossentropy
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.regularizers import l2


def eval_mse(y, yhat):
    """The sum of the squared errors of yhat (m,) against y (m,), divided by 2 m."""
    return np.sum((y - yhat) ** 2) / (2 * len(y))


def eval_cat_err(y, yhat):
    """The share of the categories yhat (m,) that are not those of y (m,)."""
    return np.mean(y != yhat)


model = Sequential(
    [
        tf.keras.Input(shape=(2,)),
        Dense(120, activation="relu"),
        Dense(40, activation="relu"),
        Dense(6, activation="linear"),
    ]
)
model.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer=Adam(0.01))

model_s = Sequential([tf.keras.Input(shape=(2,)), Dense(6, activation="relu"), Dense(6, activation="linear")])
model_s.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer=Adam(0.01))

model_r = Sequential(
    [
        tf.keras.Input(shape=(2,)),
        Dense(120, activation="relu", kernel_regularizer=l2(0.1)),
        Dense(40, activation="relu", kernel_regularizer=l2(0.1)),
        Dense(6, activation="linear"),
    ]
)
model_r.compile(loss=SparseCategoricalCrossentropy(from_logits=True), optimizer=Adam(0.01))
