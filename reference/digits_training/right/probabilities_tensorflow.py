"""Lets TensorFlow do it."""

EXERCISE = "to_probabilities"

import tensorflow as tf


def to_probabilities(logits):
    return tf.nn.softmax(logits).numpy()
