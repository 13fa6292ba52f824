"""The right answers to the transfer learning lab. Graded like a submission; never enters a room."""

from tensorflow.keras import Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten


def dense_parameters(inputs, units):
    """Weights and biases of a Dense layer: one weight for each pair of input and unit, one bias for each unit."""
    return inputs * units + units


def conv_parameters(size, channels, filters):
    """Weights and biases of a convolution with `filters` filters of size x size x channels, one bias each."""
    return size * size * channels * filters + filters


base = VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Sequential(
    [
        base,
        Flatten(),
        Dense(512, activation="relu"),
        Dense(10, activation="softmax"),
    ]
)
