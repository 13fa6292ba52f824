"""Keras in a room: models are described as they are, and spellings of Keras 2 are accepted with a notice."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from grader.judging.description import Description, Unsent, forward, parse_description
from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.protocol import Describe, Opened, Returned, Unsupported, to_bytes
from grader.wall.room.compatibility import BATCH, RATE, SHAPE
from grader.wall.sandbox import Sandbox
from grader.wall.values import array
from tests.english import spoken
from tests.rooms.jobs import calls, job

pytestmark = pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed")

LIMITS = RoomLimits(cpu_seconds=30)
INPUTS = np.random.default_rng(0).random((8, 4), dtype=np.float32)
IMPORTS = """
import tensorflow as tf
import keras
from keras import Input, Sequential
from keras.layers import Dense, Dropout
"""
MODERN = "model = Sequential([Input(shape=(4,)), Dense(3, activation='relu'), Dense(2, activation='linear')])"


def described(sandbox: Sandbox, source: str, *, seed: int = 0) -> tuple[Description, tuple[Message, ...]]:
    """The description of `model`, and the notices."""
    with sandbox.room(LIMITS) as room:
        went = room.open(job(IMPORTS, source, target="model", seed=seed))
        assert isinstance(went, Opened)
        assert went.failures == ()
        (answer,) = room.ask([Describe(id=0, target="model", inputs=array(INPUTS))])
    assert isinstance(answer, Returned)
    return parse_description(answer.value), went.notices


@pytest.mark.parametrize(
    ("source", "notices"),
    [
        pytest.param(MODERN, (), id="modern"),
        pytest.param(MODERN.replace("(4,)", "4"), (SHAPE,), id="Input with a bare number"),
        pytest.param(MODERN.replace("shape=(4,)", "4"), (SHAPE,), id="Input with a bare number, by position"),
        pytest.param(MODERN.replace("Input(", "tf.keras.Input("), (), id="tf.keras.Input"),
        pytest.param(MODERN.replace("Input(shape=(4,)", "tf.keras.Input(shape=4"), (SHAPE,), id="bare in tf.keras"),
        pytest.param(MODERN.replace("Input(shape=(4,)", "keras.layers.Input(shape=4"), (SHAPE,), id="layers.Input"),
        pytest.param(
            MODERN.replace("Input(shape=(4,))", "tf.keras.layers.InputLayer(input_shape=(4,))"), (), id="InputLayer"
        ),
        pytest.param(
            MODERN.replace("Input(shape=(4,))", "keras.layers.InputLayer(shape=4)"), (SHAPE,), id="InputLayer, bare"
        ),
        pytest.param(MODERN.replace("Input(shape=(4,)), Dense(3", "Dense(3, input_dim=4"), (), id="input_dim"),
        pytest.param(
            MODERN.replace("Input(shape=(4,)), Dense(3", "Dense(3, input_shape=(4,)"), (), id="input_shape in Dense"
        ),
        pytest.param(
            MODERN.replace("Input(shape=(4,)), Dense(3", "Dense(3, input_shape=4"), (SHAPE,), id="input_shape, bare"
        ),
        pytest.param(MODERN.replace("Input(shape=(4,)), ", "") + "\nmodel.build((None, 4))", (), id="build"),
        pytest.param(MODERN.replace("Input(shape=(4,)), ", "") + "\nmodel.build((4,))", (BATCH,), id="build, no batch"),
        pytest.param(MODERN + "\nkeras.optimizers.Adam(learning_rate=0.1)", (), id="learning_rate"),
        pytest.param(MODERN + "\nkeras.optimizers.Adam(lr=0.1)", (RATE,), id="lr"),
        pytest.param(MODERN + "\ntf.keras.optimizers.SGD(lr=0.1)", (RATE,), id="lr in tf.keras"),
    ],
)
def test_every_spelling_gives_the_same_model(tensorflow: Sandbox, source: str, notices: tuple[Message, ...]) -> None:
    """What was right in Keras 2 is right here; modern code gets no notice."""
    model, said = described(tensorflow, source)
    assert [layer.kernel.shape for layer in model.dense] == [(4, 3), (3, 2)]
    assert [layer.activation for layer in model.dense] == ["relu", "linear"]
    assert said == notices


@pytest.mark.parametrize("activation", ["linear", "relu", "sigmoid", "tanh", "softmax"])
def test_the_judges_forward_pass_agrees_with_keras(tensorflow: Sandbox, activation: str) -> None:
    """The comparison of predictions stands on this: same weights, same numbers, for every activation we know."""
    model, _ = described(tensorflow, MODERN.replace("'linear'", repr(activation)))
    recomputed = forward(model, INPUTS)
    assert recomputed is not None
    assert model.predictions is not None
    assert np.allclose(model.predictions, recomputed, atol=1e-5)


def test_initial_weights_are_those_of_the_seed(tensorflow: Sandbox) -> None:
    """The same submission twice is the same model."""
    first, again, other = (described(tensorflow, MODERN, seed=seed)[0].dense[0].kernel for seed in (1, 1, 2))
    assert np.array_equal(first, again)  # type: ignore[arg-type]  # small weights come as buffers
    assert not np.array_equal(first, other)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("source", "classes"),
    [
        pytest.param(MODERN.replace("Dense(2", "Dropout(0.5), Dense(2"), ["Dense", "Dropout", "Dense"], id="dropout"),
        pytest.param("model = Sequential([Dense(2)])", ["Dense"], id="no input shape said"),
        pytest.param("model = Sequential([])", [], id="no layers"),
    ],
)
def test_layers_are_listed_in_order(tensorflow: Sandbox, source: str, classes: list[str]) -> None:
    """The input is no layer of its own."""
    assert [layer.class_name for layer in described(tensorflow, source)[0].layers] == classes


REFUSED = "Given inputs of shape (m, 4), it raised ValueError:"


SUBCLASSES = [
    pytest.param(
        "class Net(Sequential):\n"
        "    def __init__(self):\n"
        "        super().__init__(name='net')\n"
        "        for units in (3, 2):\n"
        "            self.add(Dense(units))\n"
        "model = Net()",
        "Sequential",
        id="of Sequential",
    ),
    pytest.param(
        "class Net(keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.one, self.two = Dense(3), Dense(2)\n"
        "    def call(self, x):\n"
        "        return self.two(self.one(x))\n"
        "model = Net()",
        "Net",
        id="of Model",
    ),
    pytest.param("class Net(Dense):\n    pass\nmodel = Sequential([Net(3), Net(2)])", "Sequential", id="of a layer"),
]


@pytest.mark.parametrize(("source", "name"), SUBCLASSES)
def test_a_subclass_is_described_as_what_it_is_one_of(tensorflow: Sandbox, source: str, name: str) -> None:
    """Whoever writes a class of their own for the layers that are asked for has written those layers."""
    model, _ = described(tensorflow, source)

    assert model.class_name == name
    assert [layer.class_name for layer in model.layers] == ["Dense", "Dense"]


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        pytest.param("model = Sequential([])", "It has no layers.", id="no layers"),
        pytest.param(MODERN.replace("(4,)", "(5,)"), f"{REFUSED} Input 0", id="another width"),
        pytest.param(MODERN.replace("(4,)", "(2, 2)"), f"{REFUSED} Expected shape", id="no row"),
    ],
)
def test_a_model_that_cannot_predict_says_why(tensorflow: Sandbox, source: str, refusal: str) -> None:
    """The description comes nevertheless, with the reason in the place of predictions."""
    model, _ = described(tensorflow, source)
    assert model.predictions is None
    assert spoken(model.refusal).startswith(refusal)


def test_a_frozen_layer_is_described_as_frozen(tensorflow: Sandbox) -> None:
    """Layer by layer, as the student set it."""
    model, _ = described(tensorflow, MODERN + "\nmodel.layers[0].trainable = False")
    assert [layer.trainable for layer in model.layers] == [False, True]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("model = Dense(3)", "an object of type Dense, not a Keras model", id="a layer"),
        pytest.param("model = None", "None, not a Keras model", id="None"),
        pytest.param("model = Sequential", "an object of type type, not a Keras model", id="the class itself"),
    ],
)
def test_what_is_no_model_is_unsupported(tensorflow: Sandbox, source: str, words: str) -> None:
    """In words, so that the student sees what `model` was."""
    with tensorflow.room(LIMITS) as room:
        room.open(job(IMPORTS, source, target="model"))
        answers = room.ask([Describe(id=0, target="model", inputs=array(INPUTS))])
    assert [spoken(each.what) for each in answers if isinstance(each, Unsupported)] == [words]


def test_a_tensor_crosses_as_an_array_that_says_so(tensorflow: Sandbox) -> None:
    """A function may answer with TensorFlow; the judge remarks on it."""
    with tensorflow.room(LIMITS) as room:
        room.open(job("import tensorflow as tf", "def f(x): return [tf.constant([x]), tf.Variable([x])]"))
        (answer,) = room.ask(calls(1.5))
    assert isinstance(answer, Returned)
    assert [part.kind for part in answer.value] == ["tensor", "variable"]  # type: ignore[union-attr]  # two arrays


VGG = """
base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Sequential([base, keras.layers.Flatten(), Dense(512, activation='relu'), Dense(10, activation='softmax')])
"""


def test_a_model_of_27_million_parameters_is_counted_without_its_weights(tensorflow: Sandbox) -> None:
    """Shapes cross, and the one small Dense layer; the model has run, and nothing of 110 MB was copied."""
    pictures = array(np.zeros((1, 224, 224, 3), np.float32))
    with tensorflow.room(LIMITS) as room:
        room.open(job(IMPORTS, VGG, target="model"))
        (answer,) = room.ask([Describe(id=0, target="model", inputs=pictures)])
    assert isinstance(answer, Returned)
    assert len(to_bytes(answer)) < 100_000
    model = parse_description(answer.value)
    assert (model.parameters, model.learning) == (27_565_386, 12_850_698)
    assert [layer.parameters for layer in model.layers] == [14_714_688, 0, 12_845_568, 5_130]
    assert [layer.output for layer in model.layers] == [(7, 7, 512), (25_088,), (512,), (10,)]
    assert model.predictions is not None
    assert model.predictions.shape == (1, 10)


SMALL = MODERN.replace("Dense(3, activation='relu')", "Dense(3, activation='relu', name='first')")


@pytest.mark.parametrize(
    ("source", "learning"),
    [
        pytest.param(SMALL, 15 + 8, id="everything learns"),
        pytest.param(SMALL + "\nmodel.layers[0].trainable = False", 8, id="a frozen layer"),
        pytest.param(SMALL + "\nmodel.trainable = False", 0, id="a frozen model"),
        pytest.param(
            SMALL.replace("Dense(2", "keras.layers.BatchNormalization(), Dense(2"), 15 + 6 + 8, id="moving averages"
        ),
        pytest.param(
            f"{SMALL}\ninner = model\nfor layer in inner.layers: layer.trainable = False\n"
            "model = Sequential([Input(shape=(4,)), inner, Dense(1)])",
            3,
            id="each layer of an inner model frozen",
        ),
    ],
)
def test_parameters_that_learn_are_counted_weight_by_weight(tensorflow: Sandbox, source: str, learning: int) -> None:
    """However the student froze them."""
    assert described(tensorflow, source)[0].learning == learning


def test_weights_too_large_to_be_copied_are_described_by_their_shape(tensorflow: Sandbox) -> None:
    """The answer stays small; such a model cannot be recomputed, but everything else about it can be said."""
    model, _ = described(tensorflow, MODERN.replace("Dense(2", "Dense(100").replace("Dense(3", "Dense(20_000"))
    assert isinstance(model.dense[1].kernel, Unsent)
    assert model.dense[1].kernel.shape == (20_000, 100)
    assert forward(model, INPUTS) is None


TRAINED = """
import numpy as np
X = np.random.default_rng(0).random((64, 4), dtype=np.float32)
y = (X[:, 0] > 0.5).astype(int)
model = Sequential([Input(shape=(4,)), Dense(8, activation='relu'), Dense(2)])
model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))
history = model.fit(X, y, epochs=3, verbose=0)
"""


def test_the_same_training_gives_the_same_weights(tensorflow: Sandbox) -> None:
    """A room seeds all generators, so that a verdict on what was learned is the same tomorrow."""
    first, again = (described(tensorflow, TRAINED)[0].dense[0].kernel for _ in range(2))
    assert isinstance(first, np.ndarray)
    assert isinstance(again, np.ndarray)
    assert first.tobytes() == again.tobytes()
