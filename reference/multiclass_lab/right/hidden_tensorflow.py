"""With TensorFlow."""

EXERCISE = "hidden_features"

import tensorflow as tf


def hidden_features(X, W1, b1):
    return tf.nn.relu(tf.matmul(X, W1) + b1).numpy()
