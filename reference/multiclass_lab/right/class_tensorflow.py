"""With TensorFlow, which gives a tensor."""

EXERCISE = "predict_class"

import tensorflow as tf


def predict_class(logits):
    return tf.argmax(logits, axis=1)
