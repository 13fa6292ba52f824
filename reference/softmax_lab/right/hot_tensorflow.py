"""Lets TensorFlow do it."""

EXERCISE = "one_hot"

import tensorflow as tf


def one_hot(y, N):
    return tf.one_hot(y, N)
