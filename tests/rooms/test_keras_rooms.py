"""Keras in a room: models are described as they are, and spellings of Keras 2 are accepted with a notice."""

from __future__ import annotations

import importlib.util

import numpy as np
import numpy.typing as npt
import pytest

from grader.judging.compiled import Compiled, Penalty
from grader.judging.description import Description, Unsent, parse_description
from grader.judging.forward import forward
from grader.judging.passes import KERAS
from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Describe, Opened, Returned, Unsupported
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


def described(
    sandbox: Sandbox, source: str, *, seed: int = 0, inputs: npt.NDArray[np.float32] = INPUTS
) -> tuple[Description, tuple[Message, ...]]:
    """The description of `model`, and the notices."""
    with sandbox.room(LIMITS) as room:
        went = room.open(job(IMPORTS, source, target="model", seed=seed))
        assert isinstance(went, Opened)
        assert went.failures == ()
        (answer,) = room.ask([Describe(id=0, target="model", inputs=array(inputs))])
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


PICTURES = np.random.default_rng(1).random((3, 7, 6, 2), dtype=np.float32)
#: layers for pictures (7, 6, 2), by the classes whose forward pass is redone
REDONE = {
    "Conv2D, its defaults": "layers.Conv2D(3, 3)",
    "Conv2D, padded and strided": "layers.Conv2D(3, (2, 3), 2, padding='same', activation='relu', use_bias=False)",
    "Conv2D, dilated": "layers.Conv2D(2, 2, dilation_rate=(3, 2), activation='tanh')",
    "MaxPooling2D": "layers.MaxPooling2D()",
    "MaxPooling2D, padded": "layers.MaxPooling2D(3, strides=2, padding='same')",
    "AveragePooling2D": "layers.AveragePooling2D((2, 3), strides=1)",
    "AveragePooling2D, padded": "layers.AveragePooling2D(3, strides=2, padding='same')",
    "GlobalMaxPooling2D": "layers.GlobalMaxPooling2D()",
    "GlobalAveragePooling2D": "layers.GlobalAveragePooling2D(keepdims=True)",
    "BatchNormalization": "layers.BatchNormalization()",
    "BatchNormalization, not scaled": "layers.BatchNormalization(scale=False, epsilon=0.1)",
    "LayerNormalization": "layers.LayerNormalization()",
    "Reshape, Conv1D": "layers.Reshape((-1, 6)), layers.Conv1D(4, 3, strides=2, padding='same')",
    "MaxPooling1D": "layers.Reshape((14, 6)), layers.MaxPooling1D(3)",
    "AveragePooling1D": "layers.Reshape((14, 6)), layers.AveragePooling1D(4, padding='same')",
    "GlobalMaxPooling1D": "layers.Reshape((14, 6)), layers.GlobalMaxPooling1D()",
    "GlobalAveragePooling1D": "layers.Reshape((14, 6)), layers.GlobalAveragePooling1D()",
    "LSTM": "layers.Reshape((14, 6)), layers.LSTM(5)",
    "LSTM, each step": "layers.Reshape((14, 6)), layers.LSTM(5, return_sequences=True, recurrent_activation='tanh')",
    "SimpleRNN": "layers.Reshape((14, 6)), layers.SimpleRNN(5, activation='relu', use_bias=False)",
    "Flatten, Dense": "layers.Flatten(), Dense(4)",
    "Dense, for each place": "Dense(4, activation='softmax')",
    "Activation": "layers.Activation('sigmoid')",
    "ReLU": "layers.Rescaling(2.0, offset=-1.0), layers.ReLU(negative_slope=0.3)",
    "LeakyReLU": "layers.Rescaling(2.0, offset=-1.0), layers.LeakyReLU(negative_slope=0.1)",
    "Rescaling": "layers.Rescaling(1 / 255, offset=0.5)",
    "Softmax": "layers.Softmax()",
    "Dropout": "Dropout(0.5), layers.SpatialDropout2D(0.5)",
}
RANDOM_WEIGHTS = """
import numpy as np
from keras import layers
rng = np.random.default_rng(2)
model = Sequential([Input((7, 6, 2)), {layers}])
model.set_weights([rng.uniform(0.1, 1.0, weight.shape) for weight in model.get_weights()])
"""


def test_the_forward_pass_of_every_layer_agrees_with_keras(tensorflow: Sandbox) -> None:
    """Paddings, strides and settings included; no model that is redone is said to predict otherwise."""
    different = []
    for name, source in REDONE.items():
        model, _ = described(tensorflow, RANDOM_WEIGHTS.format(layers=source), inputs=PICTURES)
        recomputed = forward(model, PICTURES)
        assert model.predictions is not None
        if recomputed is None or not np.allclose(model.predictions, recomputed, atol=1e-4):
            different.append(name)

    assert different == []


def test_every_layer_that_is_redone_is_among_them() -> None:
    """A row more asks for a case more."""
    assert sorted(name for name in KERAS if not any(name in source for source in REDONE.values())) == []


@pytest.mark.parametrize(
    ("source", "chain"),
    [
        pytest.param(MODERN, True, id="Sequential"),
        pytest.param("a = Input((4,)); model = keras.Model(a, Dense(2)(Dense(3)(a)))", True, id="one after the other"),
        pytest.param(
            "a = Input((4,)); b = Dense(3)(a); model = keras.Model(a, keras.layers.Add()([b, Dense(3)(b)]))",
            False,
            id="a branch",
        ),
        pytest.param("a = Input((4,)); model = keras.Model(a, Dense(4)(a) + a)", False, id="a sum that is no layer"),
        pytest.param(
            "class Twice(Sequential):\n    def call(self, x, **more): return 2 * super().call(x)\n"
            "model = Twice([Dense(2)])",
            False,
            id="called otherwise",
        ),
    ],
)
def test_a_model_says_whether_its_layers_follow_one_another(tensorflow: Sandbox, source: str, chain: bool) -> None:
    """Only then is what they give the one after the other what the model predicts."""
    assert described(tensorflow, source)[0].chain is chain


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
        pytest.param("model = Sequential([Sequential([Dense(3)]), Dense(2)])", ["Dense", "Dense"], id="one in another"),
        pytest.param(
            "i = Input((4,))\nbody = keras.Model(i, Dropout(0.5)(Dense(3)(i)))\nmodel = Sequential([body, Dense(2)])",
            ["Functional", "Dense"],
            id="one that is called otherwise in another",
        ),
    ],
)
def test_layers_are_listed_in_order(tensorflow: Sandbox, source: str, classes: list[str]) -> None:
    """The input is no layer of its own."""
    assert [layer.class_name for layer in described(tensorflow, source)[0].layers] == classes


def test_layers_within_a_model_within_a_model_are_computed_with(tensorflow: Sandbox) -> None:
    """The judge's own forward pass is that of the layers, wherever they stand."""
    model, _ = described(tensorflow, "model = Sequential([Sequential([Sequential([Dense(3, 'relu')])]), Dense(2)])")
    assert model.chain
    assert model.predictions is not None
    assert np.allclose(forward(model, INPUTS), model.predictions, atol=1e-5)  # type: ignore[arg-type]  # is one


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


ADAM = "keras.optimizers.Adam(0.01)"
SPARSE = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
LOSS = "SparseCategoricalCrossentropy"


@pytest.mark.parametrize(
    ("arguments", "compiled"),
    [
        pytest.param(f"{ADAM}, {SPARSE}", Compiled(optimizer="Adam", rate=0.01, loss=LOSS, from_logits=True), id="new"),
        pytest.param(
            f"keras.optimizers.Adam(lr=0.01), {SPARSE}",
            Compiled(optimizer="Adam", rate=0.01, loss=LOSS, from_logits=True),
            id="older",
        ),
        pytest.param(
            "'sgd', 'sparse_categorical_crossentropy', metrics=['accuracy']",
            Compiled(optimizer="SGD", rate=0.01, loss=LOSS, metrics=("accuracy",)),
            id="by name",
        ),
        pytest.param(
            f"{ADAM}, 'mse', metrics=[keras.metrics.SparseCategoricalAccuracy(name='right')]",
            Compiled(optimizer="Adam", rate=0.01, loss="MeanSquaredError", metrics=("SparseCategoricalAccuracy",)),
            id="objects",
        ),
        pytest.param(
            f"{ADAM}, lambda y, z: keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True)",
            Compiled(optimizer="Adam", rate=0.01, loss=LOSS, from_logits=True),
            id="a function that computes it",
        ),
        pytest.param(
            "keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.5, 10, 0.9)), lambda y, z: 0 * z",
            Compiled(optimizer="Adam", rate=0.5, loss="<lambda>"),
            id="a schedule, and a function of the student's own",
        ),
        pytest.param("'rmsprop'", Compiled(optimizer="RMSprop", rate=0.001), id="no loss"),
    ],
)
def test_what_a_model_is_compiled_with_is_described(tensorflow: Sandbox, arguments: str, compiled: Compiled) -> None:
    """By the names of Keras's classes, however it is written; a rate is the one it begins with."""
    found = described(tensorflow, f"{MODERN}\nmodel.compile({arguments})")[0].compiled
    assert found is not None
    assert found.rate == pytest.approx(compiled.rate)
    assert found.model_copy(update={"rate": compiled.rate}) == compiled


def test_a_model_that_is_not_compiled_is_described_as_that(tensorflow: Sandbox) -> None:
    """There is no optimizer yet."""
    assert described(tensorflow, MODERN)[0].compiled is None


@pytest.mark.parametrize(
    ("arguments", "kernel"),
    [
        pytest.param("kernel_regularizer=keras.regularizers.l2(0.1)", Penalty(l2=0.1), id="L2"),
        pytest.param("kernel_regularizer='l1'", Penalty(l1=0.01), id="by name"),
        pytest.param("kernel_regularizer=keras.regularizers.L1L2(0.2, 0.03)", Penalty(l1=0.2, l2=0.03), id="both"),
        pytest.param(
            "kernel_regularizer=lambda w: 0.3 * tf.reduce_sum(w ** 2)",
            Penalty(l2=0.3),
            id="a function that computes it",
        ),
        pytest.param("kernel_regularizer=lambda w: tf.reduce_max(w)", None, id="of another kind"),
        pytest.param("bias_regularizer='l2'", Penalty(), id="on biases alone"),
    ],
)
def test_penalties_are_described_by_what_they_compute(
    tensorflow: Sandbox, arguments: str, kernel: Penalty | None
) -> None:
    """The coefficients, as far as single precision tells."""
    found = described(tensorflow, MODERN.replace("'relu'", f"'relu', {arguments}"))[0].layers[0].penalties.kernel
    assert (found is None) is (kernel is None)
    assert found is None or kernel is None or found.is_like(kernel)


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
