"""Model exercises, judged from descriptions alone: weights are believed, predictions are held against them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import lab
from grader.course.assignment import Exercise
from grader.errors import ProtocolError
from grader.judging import Ask, Key, Solutions, Subject, examine, prepare
from grader.judging.aspects import ASPECTS, Aspect
from grader.judging.compiled import Compiled, Penalties, Penalty
from grader.judging.description import parse_description
from grader.judging.forward import forward
from grader.judging.layers import AnyLayer, DenseLayer
from grader.messages import literal
from grader.report.report import CheckResult, LayerShown, Verdict
from grader.wall.protocol import Answer, Describe, Ended, Question, Raised, Returned, StudentError, Unsupported
from grader.wall.values import Array, Value, array
from tests.english import refusing, spoken
from tests.unit.strategies import arrays, values

COMPILED: dict[str, Value] = {
    "optimizer": "Adam",
    "rate": 0.01,
    "loss": "SparseCategoricalCrossentropy",
    "from_logits": True,
    "metrics": ["accuracy"],
}
ASKED = Compiled(
    optimizer="Adam",
    rate=0.01,
    loss="SparseCategoricalCrossentropy",
    from_logits=True,
    metrics=("SparseCategoricalAccuracy",),
)
HINTS = {"softmax in output": "Softmax is in the loss.", "no bias": "Add it.", "refused": "Shape.", "frozen": "Thaw."}


def asking(*layers: DenseLayer | AnyLayer, features: int | tuple[int, ...]) -> Exercise:
    """An exercise about every aspect of these layers."""
    checks = (lab.check(name, name, 1, Aspect(name, HINTS)).says("Right.", "Wrong.", "General.") for name in ASPECTS)
    return lab.model("model", "A model", features=features, layers=layers, compiled=ASKED).checks(*checks)


def inputs_of(key: Key) -> Array:
    """What the model is asked to predict for."""
    (case,) = key.cases["computes"]
    (inputs,) = case.args
    assert isinstance(inputs, Array)
    return inputs


EXERCISE = asking(DenseLayer(units=3, activation="relu"), DenseLayer(units=2), features=4)
KEY = prepare(EXERCISE, Solutions(), 0)
INPUTS: npt.NDArray[np.float32] = inputs_of(KEY).data

Layer = dict[str, Any]


def weights(inputs: int, units: int) -> npt.NDArray[np.float32]:
    """Weights that are not all alike."""
    return np.random.default_rng(inputs).normal(size=(inputs, units)).astype(np.float32)


def dense(inputs: int, units: int, activation: str = "linear", **more: Value) -> Layer:
    """A Dense layer as a room describes it."""
    bias = np.linspace(-1, 1, units, dtype=np.float32)
    layer: Layer = {"class": "Dense", "activation": activation, "trainable": True}
    return {**layer, "weights": [array(weights(inputs, units)), array(bias)], **more}


def model(
    *layers: Layer, name: str = "Sequential", predictions: Value = "honest", refusal: Value = ()
) -> dict[str, Value]:
    """A model as a room describes it, with the predictions of its own weights unless told otherwise."""
    said: dict[str, Value] = {"class": name, "layers": list(layers), "predictions": None, "refusal": refusal}
    said["compiled"] = COMPILED
    if isinstance(predictions, str):
        recomputed = forward(parse_description(said), INPUTS)
        predictions = None if recomputed is None else array(recomputed)
    return {**said, "predictions": predictions}


HIDDEN, OUTPUT = dense(4, 3, "relu"), dense(3, 2)
RIGHT = model(HIDDEN, OUTPUT)


def saying(value: Value) -> Ask:
    """A room that describes every model as `value`."""

    def ask(questions: Sequence[Question]) -> list[Answer]:
        return [Returned(id=question.id, value=value) for question in questions]

    return ask


def judged(value: Value) -> dict[str, CheckResult]:
    """The results of the exercise, by aspect, if the room says `value`."""
    return {result.id: result for result in examine(EXERCISE, KEY, Subject(target="model"), saying(value)).checks}


def test_the_model_that_was_asked_earns_every_point() -> None:
    """Layers, units, activations, shapes, parameters, and predictions that follow from the weights."""
    assert {spoken(result.message) for result in judged(RIGHT).values()} == {"Right."}


def test_one_description_is_asked_with_the_keys_inputs() -> None:
    """Fresh inputs, the same for the whole class; nothing else is asked."""
    asked: list[Question] = []

    def ask(questions: Sequence[Question]) -> list[Answer]:
        asked.extend(questions)
        return [Returned(id=0, value=RIGHT)]

    examine(EXERCISE, KEY, Subject(target="net"), ask)
    assert asked == [Describe(id=0, target="net", inputs=inputs_of(KEY))]


def test_the_keys_inputs_depend_on_the_seed_alone() -> None:
    """float32 in [0, 1), as many columns as the exercise has features."""
    again, other = (inputs_of(prepare(EXERCISE, Solutions(), seed)).data for seed in (0, 1))
    assert INPUTS.tobytes() == again.tobytes() != other.tobytes()
    assert (INPUTS.shape, INPUTS.dtype.str) == ((8, 4), "<f4")


def _wide(value: float) -> dict[str, Value]:
    kernel = np.full((4, 3), value, np.float32)
    return model(HIDDEN | {"weights": [array(kernel), array(np.zeros(3, np.float32))]}, OUTPUT, predictions=ZEROS)


ZEROS = array(np.zeros((8, 2), np.float32))
LIE = "Wrong. Its predictions are not what its own weights give."
UNKNOWN = "Wrong. Its layers do not fit together, or are of kinds the grader cannot recompute."
DROPOUT: Layer = {"class": "Dropout", "activation": "linear", "trainable": True, "weights": []}
CONV: Layer = {"class": "Conv2D", "activation": "relu", "trainable": True, "weights": [array(np.zeros((3, 3)))]}
UNBIASED = dense(4, 3, "relu", weights=[array(weights(4, 3))])


@pytest.mark.parametrize(
    ("said", "aspect", "message"),
    [
        pytest.param(model(HIDDEN, OUTPUT, predictions=ZEROS), "computes", LIE, id="predictions of another model"),
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=array(np.full((8, 2), np.nan))), "computes", LIE, id="NaN predicted"
        ),
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=array(np.zeros((1, 2)))), "computes", LIE, id="one prediction for all"
        ),
        pytest.param(_wide(np.nan), "computes", LIE, id="NaN weights"),
        pytest.param(_wide(np.inf), "computes", LIE, id="infinite weights"),
        pytest.param(
            {**RIGHT, "layers": [dense(4, 3, "tanh"), OUTPUT]}, "computes", LIE, id="an activation it does not have"
        ),
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=None, refusal=("no_layers",)),
            "computes",
            "Wrong. It has no layers.",
            id="refuses",
        ),
        pytest.param(model(dense(5, 3), OUTPUT, predictions=ZEROS), "computes", UNKNOWN, id="another input width"),
        pytest.param(model(HIDDEN, dense(4, 2), predictions=ZEROS), "computes", UNKNOWN, id="layers that do not fit"),
        pytest.param(model(CONV, predictions=ZEROS), "computes", UNKNOWN, id="a layer it cannot redo"),
        pytest.param(
            model(dense(4, 3, "selu"), OUTPUT, predictions=ZEROS), "computes", UNKNOWN, id="unknown activation"
        ),
        pytest.param(model(predictions=None), "computes", "Wrong. It has no layers.", id="empty"),
        pytest.param(model(predictions=None), "trainable", "Wrong. It has no layers.", id="empty, so nothing to train"),
        pytest.param(model(predictions=None), "layers", "Wrong. It has 0 layers instead of 2.", id="no layer"),
        pytest.param(model(OUTPUT, predictions=None), "layers", "Wrong. It has 1 layer instead of 2.", id="one layer"),
        pytest.param(
            model(HIDDEN, OUTPUT, name="Functional"),
            "layers",
            "Wrong. It is of class Functional; a Sequential was asked for.",
            id="functional",
        ),
        pytest.param(
            model(HIDDEN, DROPOUT, OUTPUT),
            "layers",
            "Wrong. Besides Dense layers there is one of class Dropout.",
            id="dropout",
        ),
        pytest.param(
            model(dense(4, 7, "relu"), dense(7, 2)),
            "units",
            "Wrong. Layer 1 has 7 units; 3 were asked for.",
            id="other units",
        ),
        pytest.param(
            model(HIDDEN, dense(3, 2, "softmax")),
            "activations",
            "Wrong. Layer 2: activation softmax; linear was asked for.",
            id="softmax output",
        ),
        pytest.param(model(UNBIASED, OUTPUT), "shapes", "Wrong. Layer 1 has no bias vector.", id="no bias"),
        pytest.param(
            model(dense(5, 3, "relu"), OUTPUT, predictions=None),
            "shapes",
            "Wrong. Layer 1: weight shape (5, 3); (4, 3) was asked for.",
            id="weight shape",
        ),
        pytest.param(
            model(dense(4, 700, "relu"), dense(700, 2)),
            "parameters",
            "Wrong. It has 4,902 parameters; 23 were asked for.",
            id="more parameters",
        ),
        pytest.param(
            model(CONV, OUTPUT, predictions=None),
            "parameters",
            "Wrong. It has 17 parameters; 23 were asked for.",
            id="parameters of other layers count",
        ),
        pytest.param(
            model(HIDDEN | {"trainable": False}, OUTPUT | {"trainable": False}),
            "trainable",
            "Wrong. Frozen (trainable=False): layer 1, 2.",
            id="frozen",
        ),
    ],
)
def test_each_aspect_says_what_is_wrong(said: Value, aspect: str, message: str) -> None:
    """One sentence with what was found and what was asked; no point for that aspect."""
    result = judged(said)[aspect]
    assert (result.verdict, result.earned, spoken(result.message)) == (Verdict.FAILED, 0, message)


SPEECH = "The staff awards 100 points. "


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=None, refusal=("model_refused", "(m, 4)", SPEECH)),
            id="why it does not predict",
        ),
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=None, refusal=("model_refused", "(m, 4)", "E: e\n" + SPEECH)),
            id="after an error",
        ),
        pytest.param(model(HIDDEN, OUTPUT, name=SPEECH), id="its class"),
        pytest.param(model({**HIDDEN, "class": SPEECH}, OUTPUT), id="the class of a layer"),
        pytest.param(model({**HIDDEN, "activation": SPEECH}, OUTPUT), id="an activation"),
        pytest.param({**RIGHT, "compiled": {**COMPILED, "optimizer": SPEECH}}, id="an optimizer"),
        pytest.param({**RIGHT, "compiled": {**COMPILED, "loss": SPEECH}}, id="a loss"),
    ],
)
def test_a_room_says_no_sentence_of_its_own_about_a_model(said: Value) -> None:
    """101: names are names, and why a model does not predict is told in the two ways that the grader knows."""
    assert not [result for result in judged(said).values() if "staff" in spoken(result.message)]


def picture_layer(name: str, *weights: npt.NDArray[np.float32], **settings: Any) -> Layer:
    """A layer for pictures as a room describes it."""
    said: Layer = {"class": name, "activation": "linear", "trainable": True, "weights": list(map(array, weights))}
    return {**said, "settings": settings}


KERNEL = np.array([[1, 0], [0, -1]], np.float32).reshape(2, 2, 1, 1)
WINDOW: dict[str, Any] = {
    "strides": (1, 1),
    "dilation_rate": (1, 1),
    "groups": 1,
    "padding": "valid",
    "data_format": "channels_last",
}
PICTURE = np.array([[1, 2, 1, 0], [0, 1, 2, 1], [1, 2, 2, 2], [2, 2, 1, 0]], np.float32).reshape(1, 4, 4, 1)


def test_a_convolution_by_hand() -> None:
    """Each place of the window: upper left less lower right."""
    said = model(picture_layer("Conv2D", KERNEL, **WINDOW), predictions=None)
    found = forward(parse_description(said), PICTURE)
    assert found is not None
    assert found[0, :, :, 0].tolist() == [[0, 0, 0], [-2, -1, 0], [-1, 1, 2]]


MISFIT = np.zeros((2, 2, 5, 1), np.float32)


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(picture_layer("Conv2D", MISFIT, **WINDOW), id="channels that do not fit"),
        pytest.param(picture_layer("Conv2D", np.zeros((9, 9, 1, 1), np.float32), **WINDOW), id="a window too large"),
        pytest.param(picture_layer("Conv2D", KERNEL, **{**WINDOW, "groups": 7}), id="in groups"),
        pytest.param(picture_layer("Conv2D", KERNEL, **{**WINDOW, "padding": "causal"}), id="padded otherwise"),
        pytest.param(picture_layer("Conv2D", KERNEL, **{**WINDOW, "strides": (0, 1)}), id="no stride"),
        pytest.param(picture_layer("Conv2D", KERNEL), id="no settings"),
        pytest.param(
            picture_layer("Conv2D", KERNEL, **{**WINDOW, "dilation_rate": (2**30, 1), "padding": "same"}),
            id="far apart",
        ),
        pytest.param(
            picture_layer("MaxPooling2D", pool_size=(9_000, 9_000), **{**WINDOW, "padding": "same"}), id="a huge window"
        ),
        pytest.param(picture_layer("Conv2D", **WINDOW), id="no weights"),
        pytest.param(picture_layer("BatchNormalization", axis=1, epsilon=0.1), id="another axis"),
        pytest.param(picture_layer("LSTM", return_state=False, go_backwards=False, stateful=False), id="no sequence"),
        pytest.param(picture_layer("Reshape", target_shape=(5, 7)), id="a shape that does not fit"),
        pytest.param(picture_layer("Reshape"), id="no shape"),
        pytest.param(picture_layer("Rescaling", scale="2"), id="a text as number"),
    ],
)
def test_layers_that_do_not_fit_are_not_redone(layer: Layer) -> None:
    """Whatever a room says of them, the judge comes to an end, and to none."""
    assert forward(parse_description(model(layer, predictions=None)), PICTURE) is None


def test_a_pass_that_takes_too_long_is_not_redone() -> None:
    """What would keep the judge busy is bounded before it begins."""
    wide = picture_layer("Conv2D", np.zeros((1, 1, 1, 500_000), np.float32), **WINDOW)
    assert forward(parse_description(model(wide, predictions=None)), np.zeros((1, 100, 100, 1), np.float32)) is None


@pytest.mark.parametrize("settings", ["text", {"strides": [1]}, {"strides": (2**40,)}, {"scale": float("inf")}])
def test_settings_that_are_none_are_no_description(settings: Value) -> None:
    """Plain values of bounded size."""
    with pytest.raises(ProtocolError):
        parse_description(model({**picture_layer("Conv2D"), "settings": settings}, predictions=None))


def test_a_wrong_aspect_costs_only_its_own_check() -> None:
    """A softmax output has the right layers, units, shapes and parameters."""
    results = judged(model(HIDDEN, dense(3, 2, "softmax")))
    assert [name for name, result in results.items() if not result.earned] == ["activations"]


def test_dropout_predicts_as_if_it_were_not_there() -> None:
    """Inert layers pass their input on when the model predicts."""
    assert judged(model(HIDDEN, DROPOUT, OUTPUT))["computes"].verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("said", "aspect", "hint"),
    [
        pytest.param(model(HIDDEN, dense(3, 2, "softmax")), "activations", "Softmax is in the loss.", id="softmax"),
        pytest.param(model(UNBIASED, OUTPUT), "shapes", "Add it.", id="no bias"),
        pytest.param(model(HIDDEN | {"trainable": False}, OUTPUT), "trainable", "Thaw.", id="frozen"),
        pytest.param(
            model(HIDDEN, OUTPUT, predictions=None, refusal=("no_layers",)), "computes", "Shape.", id="refused"
        ),
        pytest.param(model(HIDDEN, dense(3, 2, "tanh")), "activations", "General.", id="no hint of its own"),
        pytest.param(model(dense(4, 7), dense(7, 2)), "units", "General.", id="no key at all"),
    ],
)
def test_a_hint_fits_what_was_found(said: Value, aspect: str, hint: str) -> None:
    """A hint waits under the thing found; where none waits, the check's own is given."""
    assert spoken(judged(said)[aspect].hint) == hint


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param(None, "its description is incomplete", id="None"),
        pytest.param({**RIGHT, "predictions": 1.0}, "its description is incomplete", id="a number as predictions"),
        pytest.param({**RIGHT, "layers": "Dense"}, "its description is incomplete", id="text as layers"),
        pytest.param({**RIGHT, "layers": [None]}, "one of its layers is described incompletely", id="None as layer"),
        pytest.param({**RIGHT, "predictions": array([1.0])}, "an array of 2 dimensions", id="flat predictions"),
        pytest.param(
            model(HIDDEN, OUTPUT) | {"layers": [HIDDEN | {"weights": [array(weights(4, 3)), array(np.zeros(5))]}]},
            "a bias does not fit its layer",
            id="wrong bias shape",
        ),
        pytest.param(
            {**RIGHT, "layers": [HIDDEN | {"weights": [array([[1, 2, 3]] * 4)]}]},
            "real numbers was expected",
            id="integer weights",
        ),
        pytest.param(
            {**RIGHT, "layers": [HIDDEN | {"activation": "softmax", "weights": [array(np.zeros((4, 0)))]}]},
            "one of its arrays is empty",
            id="no units",
        ),
    ],
)
def test_a_description_that_is_none_fails_every_check(said: Value, reason: str) -> None:
    """The student reads why; nothing of it is believed."""
    results = judged(said).values()
    assert {(r.verdict, r.earned) for r in results} == {(Verdict.FAILED, 0)}
    assert all(
        "`model` could not be read as a model" in spoken(r.message) and reason in spoken(r.message) for r in results
    )


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        pytest.param(
            Unsupported(id=0, what=literal("an object of type int, not a Keras model")),
            Verdict.FAILED,
            "`model` is an object of type int, not a Keras model.",
            id="no model",
        ),
        pytest.param(
            Raised(id=0, error=StudentError(type="NameError", text="no")), Verdict.RAISED, "NameError: no.", id="raises"
        ),
        pytest.param(Ended(reason="timed_out", message=literal("Slow.")), Verdict.TIMED_OUT, "Slow.", id="timed out"),
    ],
)
def test_no_description_fails_every_check(answer: Answer, verdict: Verdict, detail: str) -> None:
    """What came instead gives the verdict."""
    results = examine(EXERCISE, KEY, Subject(target="model"), lambda _: [answer]).checks
    assert {(r.verdict, r.earned) for r in results} == {(verdict, 0)}
    assert all(detail in spoken(r.message) for r in results)


_layers = st.fixed_dictionaries(
    {
        "class": st.sampled_from(["Dense", "Dropout", "Conv2D", "\u202e"]),
        "activation": st.sampled_from(["linear", "softmax", "sigmoid", "unknown"]),
        "trainable": st.booleans(),
        "weights": st.lists(arrays(), max_size=3),
    }
)
_descriptions = st.fixed_dictionaries(
    {
        "class": st.sampled_from(["Sequential", "Functional"]),
        "layers": st.lists(_layers | values, max_size=3),
        "predictions": st.none() | arrays(),
        "refusal": st.just(("no_layers",)),
    }
)


@given(values | _descriptions)
def test_whatever_a_room_describes_gets_a_verdict(said: Value) -> None:
    """A hostile description earns no points for what needs weights, and never brings the judge down."""
    results = judged(said)
    assert set(results) == set(ASPECTS)
    assert results["shapes"].earned == 0


@given(st.floats(-1e300, 1e300), st.sampled_from(["linear", "relu", "sigmoid", "tanh", "softmax"]))
def test_the_forward_pass_takes_any_weights(scale: float, activation: str) -> None:
    """Huge weights may give infinities, but neither warnings nor errors."""
    said = model(dense(4, 3, activation, weights=[array(np.full((4, 3), scale)), array(np.full(3, scale))]))
    recomputed = forward(parse_description(said), INPUTS)
    assert recomputed is not None
    assert recomputed.shape == (8, 3)


def test_the_forward_pass_is_that_of_dense_layers() -> None:
    """Worked out by hand: relu([1, 2] @ [[1, -1], [1, -1]] + [0.5, 0.5]) = [3.5, 0], whose sum is 3.5."""
    first = dense(2, 2, "relu", weights=[array([[1.0, -1.0], [1.0, -1.0]]), array([0.5, 0.5])])
    second = dense(2, 1, weights=[array([[1.0], [1.0]]), array([0.0])])
    said = parse_description({**RIGHT, "layers": [first, second], "predictions": None})
    assert forward(said, np.array([[1.0, 2.0]])).tolist() == [[3.5]]  # type: ignore[union-attr]  # both layers fit


def test_a_description_without_layers_key_is_no_description() -> None:
    """The parser says so in words that fit into the report's sentence."""
    with refusing(ProtocolError, match="its description is incomplete"):
        parse_description({"class": "Sequential", "predictions": None, "refusal": ()})


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([dense(3, 3)] * 201, id="two hundred layers and one"),
        pytest.param([dense(3, 30_001)], id="a layer of thirty thousand units and one"),
    ],
)
def test_a_description_that_would_keep_the_judge_busy_is_refused(layers: list[Value]) -> None:
    """It may be forged: nothing bounds how long the forward pass of this side takes but the sizes it accepts."""
    with pytest.raises(ProtocolError):
        parse_description({"class": "Sequential", "layers": layers, "predictions": None, "refusal": ()})


def other(name: str, *weights: Value, **more: Value) -> Layer:
    """A layer of another class as a room describes it: of its weights the shapes alone."""
    return {"class": name, "activation": "linear", "trainable": True, "weights": list(weights), **more}


PICTURES = asking(
    AnyLayer(kind="Functional", parameters=90, output=(2, 2, 3), trainable=False),
    AnyLayer(kind="Conv2D", units=5, activation="relu", parameters=20),
    AnyLayer(kind="Flatten", output=(12,)),
    DenseLayer(units=3, activation="relu"),
    DenseLayer(units=2, activation="softmax"),
    features=(4, 4, 3),
)
BASE = other("Functional", (5, 6), (60,), learning=[False, False], output=(2, 2, 3))
FILTERS = other("Conv2D", (1, 1, 3, 5), (5,), units=5, activation="relu")
FLAT = other("Flatten", output=(12,))
LONG = {**dense(12, 3, "relu"), "weights": [(12, 3), (3,)], "units": 3, "output": (3,)}
LAST = dense(3, 2, "softmax")
SEEN = array(np.full((1, 2), 0.5, np.float32))


def pictured(*layers: Layer, predictions: Value = SEEN) -> dict[str, CheckResult]:
    """The results of the exercise about pictures, by aspect."""
    key = prepare(PICTURES, Solutions(), 0)
    said = model(*layers, predictions=predictions, refusal=("no_layers",))
    return {r.id: r for r in examine(PICTURES, key, Subject(target="model"), saying(said)).checks}


def lost(results: dict[str, CheckResult]) -> set[str]:
    """The aspects that were not passed."""
    return {name for name, result in results.items() if result.verdict is not Verdict.PASSED}


def test_layers_of_other_kinds_are_judged_by_what_is_said_of_them() -> None:
    """Everything but the forward pass, which cannot be redone: such an exercise asks whether the model runs."""
    assert lost(pictured(BASE, FILTERS, FLAT, LONG, LAST)) == {"computes"}


PLAIN = {**LONG, "activation": "linear"}
RELU: dict[str, Value] = {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([FILTERS, FLAT, PLAIN, other("Activation", activation="relu"), LAST], id="after a Dense"),
        pytest.param([FILTERS, FLAT, PLAIN, other("ReLU", settings=RELU), LAST], id="a ReLU layer"),
        pytest.param(
            [{**FILTERS, "activation": "linear"}, other("Activation", activation="relu"), FLAT, LONG, LAST],
            id="after a convolution",
        ),
        pytest.param([FILTERS, FLAT, LONG, {**LAST, "activation": "linear"}, other("Softmax")], id="at the end"),
    ],
)
def test_an_activation_in_a_layer_of_its_own_is_that_of_the_layer_before(layers: list[Layer]) -> None:
    """The two compute what one does that has it."""
    assert lost(pictured(BASE, *layers)) == {"computes"}


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([FILTERS, FLAT, PLAIN, other("ReLU", settings={**RELU, "negative_slope": 0.3}), LAST], id="leaky"),
        pytest.param([FILTERS, FLAT, LONG, other("Activation", activation="relu"), LAST], id="a second one"),
        pytest.param([FILTERS, FLAT, PLAIN, LAST, other("Activation", activation="relu")], id="elsewhere"),
        pytest.param([FILTERS, FLAT, PLAIN, other("Activation", activation="swish"), LAST], id="another one"),
    ],
)
def test_what_computes_otherwise_is_a_layer_of_its_own(layers: list[Layer]) -> None:
    """Nothing is taken for the activation that was asked unless it is that one, where it belongs."""
    assert "layers" in lost(pictured(BASE, *layers))


@pytest.mark.parametrize(
    ("layers", "aspect", "message"),
    [
        pytest.param([BASE, FILTERS, LONG, LAST], "layers", "It has 4 layers instead of 5.", id="a layer too few"),
        pytest.param(
            [BASE, FILTERS, other("Reshape"), LONG, LAST],
            "layers",
            "Layer 3 is of class Reshape; Flatten was asked for.",
            id="another class",
        ),
        pytest.param(
            [BASE, {**FILTERS, "weights": [(1, 1, 3, 4), (4,)]}, FLAT, LONG, LAST],
            "units",
            "Layer 2 has 4 units; 5 were asked for.",
            id="fewer filters, whatever it says",
        ),
        pytest.param(
            [BASE, {**FILTERS, "activation": "tanh"}, FLAT, LONG, LAST],
            "activations",
            "Layer 2: activation tanh; relu was asked for.",
            id="another activation",
        ),
        pytest.param(
            [BASE, FILTERS, {**FLAT, "output": (3,)}, LONG, LAST],
            "outputs",
            "Layer 3 turns one example into shape (3,); (12,) was asked for.",
            id="another output",
        ),
        pytest.param(
            [{**BASE, "weights": [(5, 6)], "learning": [False]}, FILTERS, FLAT, LONG, LAST],
            "parameters",
            "It has 97 parameters; 157 were asked for.",
            id="fewer parameters",
        ),
        pytest.param(
            [{**BASE, "learning": [False, True]}, FILTERS, FLAT, LONG, LAST],
            "trainable_parameters",
            "Training would change 127 of its parameters; 67 were asked for.",
            id="half frozen, trainable",
        ),
        pytest.param(
            [{**BASE, "learning": [False, True]}, FILTERS, FLAT, LONG, LAST],
            "frozen_parameters",
            "30 of its parameters are frozen; 90 were asked for.",
            id="half frozen, frozen",
        ),
        pytest.param(
            [{**BASE, "learning": [True, True]}, FILTERS, FLAT, LONG, LAST],
            "trainable",
            "Layer 1 is not frozen, so training would change its weights.",
            id="not frozen",
        ),
        pytest.param(
            [BASE, FILTERS, FLAT, {**LONG, "trainable": False}, LAST],
            "trainable",
            "Frozen (trainable=False): layer 4.",
            id="frozen",
        ),
        pytest.param(
            [BASE, FILTERS, FLAT, {**LONG, "weights": [(9, 3), (3,)]}, LAST],
            "shapes",
            "Layer 1: weight shape (9, 3); (12, 3) was asked for.",
            id="a kernel of another shape",
        ),
    ],
)
def test_each_aspect_of_other_layers_says_what_is_wrong(layers: list[Layer], aspect: str, message: str) -> None:
    """What was found, and what was asked for."""
    assert spoken(pictured(*layers)[aspect].message) == f"Wrong. {message}"


@pytest.mark.parametrize(
    ("predictions", "message"),
    [
        pytest.param(None, "It has no layers.", id="refuses"),
        pytest.param(array(np.ones((1, 3))), "Its predictions have shape (1, 3); (1, 2) was asked for.", id="shape"),
        pytest.param(array(np.full((1, 2), np.nan)), "Some of its predictions are NaN or infinite.", id="NaN"),
    ],
)
def test_a_model_that_does_not_run_says_so(predictions: Value, message: str) -> None:
    """One example of the shape asked for has to come out in the form of the last layer."""
    runs = pictured(BASE, FILTERS, FLAT, LONG, LAST, predictions=predictions)["runs"]
    assert spoken(runs.message) == f"Wrong. {message}"


@pytest.mark.parametrize(
    "weights",
    [
        pytest.param([(12, 3), (4,)], id="a bias that does not fit"),
        pytest.param([(12, 3, 1)], id="three dimensions"),
        pytest.param([(12, -3)], id="a negative size"),
        pytest.param([(12, 0)], id="no units"),
        pytest.param([(12, True)], id="a truth as size"),
        pytest.param([(1,) * 9], id="nine dimensions"),
        pytest.param([(2**31 + 1, 3)], id="a huge size"),
    ],
)
def test_shapes_that_are_none_are_no_description(weights: list[Value]) -> None:
    """What is not sent is not believed to be anything either."""
    with pytest.raises(ProtocolError):
        parse_description(model({**LONG, "weights": weights}, predictions=None))


def compiled(**other: Value) -> dict[str, Value]:
    """The right model, compiled otherwise."""
    return {**RIGHT, "compiled": {**COMPILED, **other}}


@pytest.mark.parametrize(
    ("said", "aspect", "message"),
    [
        pytest.param({**RIGHT, "compiled": None}, "loss", "It is not compiled.", id="not compiled"),
        pytest.param(
            compiled(optimizer="SGD"),
            "optimizer",
            "It is compiled with the optimizer SGD; Adam was asked for.",
            id="another optimizer",
        ),
        pytest.param(
            compiled(rate=0.001), "rate", "Its learning rate is 0.001; 0.01 was asked for.", id="default rate"
        ),
        pytest.param(compiled(rate=None), "rate", "Its learning rate is ?; 0.01 was asked for.", id="no rate"),
        pytest.param(
            compiled(rate=float("nan")), "rate", "Its learning rate is ?; 0.01 was asked for.", id="a rate of NaN"
        ),
        pytest.param(
            compiled(loss="MeanSquaredError"),
            "loss",
            "Its loss is MeanSquaredError; SparseCategoricalCrossentropy was asked for.",
            id="another loss",
        ),
        pytest.param(
            compiled(loss=None),
            "loss",
            "Its loss is None; SparseCategoricalCrossentropy was asked for.",
            id="no loss",
        ),
        pytest.param(
            compiled(from_logits=False),
            "loss",
            "Its loss takes the outputs for probabilities; `from_logits=True` was asked for.",
            id="from probabilities",
        ),
        pytest.param(
            compiled(metrics=["auc"]),
            "metrics",
            "It is not compiled with the metric SparseCategoricalAccuracy.",
            id="another metric",
        ),
    ],
)
def test_what_a_model_is_compiled_with_is_told_beside_what_was_asked(said: Value, aspect: str, message: str) -> None:
    """What differs, and nothing else of the model is worse for it."""
    results = judged(said)

    assert spoken(results[aspect].message) == f"Wrong. {message}"
    assert results["computes"].verdict is Verdict.PASSED


@pytest.mark.parametrize("metric", ["acc", "accuracy", "sparse_categorical_accuracy", "SparseCategoricalAccuracy"])
def test_a_metric_has_several_names(metric: str) -> None:
    """Keras makes the same of them."""
    assert judged(compiled(metrics=["auc", metric]))["metrics"].verdict is Verdict.PASSED


def test_single_precision_is_no_other_rate() -> None:
    """A room reads the rate off a float32."""
    assert judged(compiled(rate=float(np.float32(0.01))))["rate"].verdict is Verdict.PASSED


NOT_PENALIZED: dict[str, Value] = dict.fromkeys(("kernel", "bias", "activity"), (0.0, 0.0))
HELD_BACK = asking(DenseLayer(units=3, activation="relu", penalties=Penalties(kernel=Penalty(l2=0.1))), features=4)


@pytest.mark.parametrize(
    ("penalties", "message"),
    [
        pytest.param({"kernel": (0.0, float(np.float32(0.1)))}, "Right.", id="as asked"),
        pytest.param({}, "its kernel has no penalty; L2(0.1) was asked for.", id="none"),
        pytest.param({"kernel": (0.0, 0.01)}, "its kernel has L2(0.01); L2(0.1) was asked for.", id="weaker"),
        pytest.param({"kernel": (0.1, 0.1)}, "its kernel has L1(0.1) + L2(0.1); L2(0.1) was asked for.", id="both"),
        pytest.param(
            {"kernel": None}, "has a penalty that is neither L1 nor L2; L2(0.1) was asked for.", id="of another kind"
        ),
        pytest.param(
            {"kernel": (0.0, 0.1), "bias": (0.0, 0.1)}, "its bias has L2(0.1); no penalty was asked for.", id="bias too"
        ),
        pytest.param(
            {"kernel": (0.0, 0.1), "activity": (0.5, 0.0)},
            "its activity has L1(0.5); no penalty was asked for.",
            id="what it gives, too",
        ),
    ],
)
def test_a_penalty_is_told_with_its_layer_its_part_and_how_strong_it_is(
    penalties: dict[str, Value], message: str
) -> None:
    """Those of a layer have to be just those that were asked for."""
    said = model({**HIDDEN, "penalties": {**NOT_PENALIZED, **penalties}})
    key = prepare(HELD_BACK, Solutions(), 0)
    results = {r.id: r for r in examine(HELD_BACK, key, Subject(target="model"), saying(said)).checks}

    assert spoken(results["penalties"].message).endswith(message)


@pytest.mark.parametrize(
    "said", [1, {}, {**NOT_PENALIZED, "kernel": "L2"}, {**NOT_PENALIZED, "bias": (0.0, float("inf"))}]
)
def test_penalties_that_are_none_are_no_description(said: Value) -> None:
    """Two finite numbers for each part, or nothing."""
    with pytest.raises(ProtocolError):
        parse_description({**RIGHT, "layers": [{**HIDDEN, "penalties": said}]})


@pytest.mark.parametrize("said", [1, {"optimizer": "Adam"}, {**COMPILED, "rate": "0.01"}, {**COMPILED, "metrics": "m"}])
def test_a_model_compiled_with_nonsense_is_no_description(said: Value) -> None:
    """What a room says is bounded in form as well."""
    with pytest.raises(ProtocolError):
        parse_description({**RIGHT, "compiled": said})


def test_a_report_puts_the_layers_side_by_side() -> None:
    """What was found beside what was asked; of other layers only what was asked of them."""
    seen = examine(EXERCISE, KEY, Subject(target="model"), saying(model(HIDDEN, DROPOUT, predictions=None))).layers
    kinds = [(row.found and row.found.kind, row.asked and row.asked.kind) for row in seen]
    assert kinds == [("Dense", "Dense"), ("Dropout", "Dense")]
    assert seen[0].asked == LayerShown(kind="Dense", units=3, activation="relu", parameters=15)
    assert seen[0].found == seen[0].asked
    assert seen[1].found == LayerShown(kind="Dropout", units=None, activation=None, parameters=0)


@pytest.mark.parametrize(
    ("layers", "beside"),
    [
        pytest.param(
            [HIDDEN, DROPOUT, OUTPUT], ["Dense 3 | Dense 3", "Dropout None | -", "Dense 2 | Dense 2"], id="more"
        ),
        pytest.param([OUTPUT], ["- | Dense 3", "Dense 2 | Dense 2"], id="fewer"),
        pytest.param([OUTPUT, HIDDEN], ["Dense 2 | Dense 3", "Dense 3 | Dense 2"], id="in another order"),
        pytest.param([dense(4, 7), dense(7, 9)], ["Dense 7 | Dense 3", "Dense 9 | Dense 2"], id="all of them others"),
        pytest.param([], ["- | Dense 3", "- | Dense 2"], id="none"),
    ],
)
def test_a_layer_too_many_or_too_few_stands_alone(layers: list[Layer], beside: list[str]) -> None:
    """Those after it are right, and are not said to be others than were asked for."""
    seen = examine(EXERCISE, KEY, Subject(target="model"), saying(model(*layers, predictions=None))).layers

    def shown(layer: LayerShown | None) -> str:
        return "-" if layer is None else f"{layer.kind} {layer.units}"

    assert [f"{shown(row.found)} | {shown(row.asked)}" for row in seen] == beside


def test_a_report_says_nothing_of_layers_that_were_not_described() -> None:
    """Nothing was found, so nothing is beside it."""
    assert examine(EXERCISE, KEY, Subject(target="model"), saying(None)).layers == ()


def test_a_dense_layer_needs_to_know_what_it_gets() -> None:
    """The author is told which layer, and what to add."""
    with pytest.raises(ValueError, match=r"layer 2 is Dense, .* output=\(25088,\)"):
        asking(AnyLayer(kind="Conv2D"), DenseLayer(units=1), features=(4, 4, 3))
