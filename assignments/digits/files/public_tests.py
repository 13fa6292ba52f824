"""A few quick tests to run while working. They are not the grading: that looks at more, and elsewhere."""

import numpy as np

__all__ = ["test_model", "test_my_softmax"]


def test_my_softmax(target):
    """Try a softmax function on three small vectors."""
    for z, expected in (
        ([1.0, 2.0, 3.0, 4.0], [0.0320586, 0.0871443, 0.2368828, 0.6439143]),
        ([0.0, 0.0], [0.5, 0.5]),
        ([-1.0, 0.0, 1.0], [0.0900306, 0.2447285, 0.6652410]),
    ):
        a = target(np.array(z))
        assert a is not None, "The function returned None. Does it end with a return?"
        assert np.shape(a) == np.shape(expected), f"For z = {z} the shape is {np.shape(a)}, not {np.shape(expected)}."
        assert np.allclose(a, expected, atol=1e-6), f"For z = {z} the answer is {a}, not {expected}."
    print("All tests passed.")


def test_model(target, classes, input_size):
    """Look at the layers of a model with `input_size` inputs and `classes` outputs."""
    # A model without an Input line has no weights until its first call.
    output = target(np.zeros((1, input_size), dtype="float32"))
    assert tuple(output.shape) == (1, classes), f"The output has shape {tuple(output.shape)}, not (1, {classes})."
    asked = ((25, "relu"), (15, "relu"), (classes, "linear"))
    assert len(target.layers) == len(asked), f"The model has {len(target.layers)} layers, not {len(asked)}."
    sizes = (input_size, 25, 15)
    for number, (layer, inputs, (units, activation)) in enumerate(zip(target.layers, sizes, asked, strict=True), 1):
        _test_layer(layer, f"Layer {number}", (inputs, units), activation)
    print("All tests passed.")


def _test_layer(layer, name, shape, activation):
    kind = type(layer).__name__
    assert kind == "Dense", f"{name} is of class {kind}, not Dense."
    assert tuple(layer.kernel.shape) == shape, f"{name} has weights of shape {tuple(layer.kernel.shape)}, not {shape}."
    found = layer.activation.__name__
    assert found == activation, f"{name} has activation {found}, not {activation}."
