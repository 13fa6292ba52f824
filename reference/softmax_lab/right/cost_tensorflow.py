"""Lets TensorFlow do it, which gives a tensor."""

EXERCISE = "softmax_cost"

import tensorflow as tf


def softmax_cost(Z, y):
    return tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=Z))
