"""Training exercises, judged without a room: what is measured are the weights, on examples that were held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from grader import lab
from grader.course.assignment import Exercise
from grader.errors import CourseError
from grader.judging import Examination, Solutions, Subject, examine, prepare
from grader.judging.aspects import Aspect
from grader.judging.description import parse_description
from grader.judging.forward import forward
from grader.judging.layers import DenseLayer
from grader.judging.losses import Numbers
from grader.judging.training import Goal, GoalName, TrainedModel, TrainingData
from grader.lab import Draft
from grader.messages import literal
from grader.report.report import Verdict
from grader.wall.protocol import Answer, Call, Describe, Ended, Question, Returned, Unsupported
from grader.wall.values import Array, Value, array, freeze, thaw
from tests.english import spoken
from tests.unit.strategies import values

HINTS = {"not finite": "Smaller steps.", "one answer": "Always the same.", "form": "Form.", "untrained": "Train."}


def check(name: GoalName, goal: float | None = None, claim: Callable[..., bool] | None = None) -> Draft:
    """A check on one goal, worth ten points."""
    rule = Goal(name, goal, claim, HINTS)
    return lab.check(name, name, 10, rule).says("Right.", "Wrong.", "General.")


ALL = (
    check("computes"),
    check("learns", goal=0.5),
    check("loss", goal=0.2),
    check("accuracy", goal=0.9),
    check("claim", claim=lambda outputs, labels: bool(len(outputs) == len(labels))),
)


def two_clouds(seed: int) -> TrainingData:
    """Points around (-2, -2) and (2, 2), and which of the two."""
    random = np.random.default_rng(seed)

    def some(count: int) -> tuple[Numbers, Numbers]:
        labels = random.integers(0, 2, count)
        return random.normal(4.0 * labels[:, None] - 2, 0.5, (count, 2)), labels

    return TrainingData(train=some(40), held=some(30))


def logistic(weights: Any, inputs: Numbers) -> Numbers:
    """Logits (m,) of a logistic regression."""
    return np.asarray(inputs @ weights["w"] + weights["b"])


def train(inputs: Numbers, labels: Numbers, rate: float, steps: int) -> Any:
    """Gradient descent; a right answer."""
    w, b = np.zeros(2), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(inputs @ w + b))) - labels
        w, b = w - rate * inputs.T @ error / len(labels), b - rate * error.mean()
    return {"w": w, "b": b}


def exercise(*checks: Draft, **more: Any) -> Exercise:
    """Train a logistic regression."""
    said: dict[str, Any] = {
        "data": two_clouds,
        "forward": logistic,
        "loss": "binary_crossentropy_from_logits",
        "extra": (0.5,),
    }
    return lab.trains("train", "Train", **said | {"steps": (1, 10, 100)} | more).checks(*(checks or ALL))


FULL = exercise()


def answering(answer: Callable[[Call], Answer], asked: Exercise = FULL) -> Examination:
    """What comes of a room that answers each call so."""

    def ask(questions: Sequence[Question]) -> list[Answer]:
        return [answer(question) for question in questions if isinstance(question, Call)]

    return examine(asked, prepare(asked, Solutions(), 3), Subject(target="train"), ask)


def judged(function: Callable[..., Any], asked: Exercise = FULL) -> Examination:
    """What comes of this function."""
    return answering(lambda call: Returned(id=call.id, value=freeze(function(*map(thaw, call.args)))), asked)


def faults(examination: Examination) -> dict[str, str]:
    """What is said of the checks that were not passed."""
    return {result.id: spoken(result.message) for result in examination.checks if result.verdict is not Verdict.PASSED}


def test_a_function_that_trains_earns_every_point() -> None:
    """Loss and accuracy are computed from its weights, on examples it has not seen."""
    assert faults(judged(train)) == {}


def test_it_is_called_with_the_examples_to_train_with_and_the_steps() -> None:
    """Those of the assignment's seed; what was held back is not among them."""
    asked: list[tuple[Any, ...]] = []
    data = two_clouds(3)
    judged(lambda *args: asked.append(args) or train(*args))  # type: ignore[func-returns-value]  # notes what it was asked
    assert data.train is not None
    assert [args[2:] for args in asked] == [(0.5, 1), (0.5, 10), (0.5, 100)]
    assert all(np.array_equal(args[0], data.train[0]) and np.array_equal(args[1], data.train[1]) for args in asked)


def test_the_curve_is_the_loss_after_each_number_of_steps() -> None:
    """Recomputed from the weights of each run; the goal is that of the check on the loss."""
    curve = judged(train).curve
    assert curve is not None
    assert len(curve.values) == 3
    assert curve.values[0] > curve.values[1] > curve.values[2]
    assert (curve.steps, curve.target) == ((1, 10, 100), 0.2)


@pytest.mark.parametrize(
    ("function", "failed", "detail"),
    [
        pytest.param(
            lambda *_: {"w": np.zeros(2), "b": 0.0},
            ["learns", "loss", "accuracy"],
            "its loss is 0.693;",
            id="untrained",
        ),
        pytest.param(
            lambda x, y, *_: train(x, y, 0.001, 1), ["learns", "loss"], "always giving the same", id="a small step"
        ),
        pytest.param(
            lambda *_: {"w": np.full(2, np.nan), "b": 0.0}, [c.id for c in ALL], "the training ran away", id="NaN"
        ),
        pytest.param(
            lambda *_: {"w": np.zeros(3), "b": 0.0}, [c.id for c in ALL], "does not have the form", id="shape"
        ),
        pytest.param(lambda *_: {"W": np.zeros(2)}, [c.id for c in ALL], "does not have the form", id="another key"),
        pytest.param(lambda *_: None, [c.id for c in ALL], "does not have the form", id="None"),
        pytest.param(
            lambda *_: {"w": np.zeros(2), "b": np.zeros(200_000)},
            [c.id for c in ALL],
            "more than 100,000 weights",
            id="many",
        ),
        pytest.param(
            lambda *_: {"w": np.zeros(2), "b": np.zeros((30, 1))},
            [c.id for c in ALL],
            "not have the form",
            id="a square",
        ),
    ],
)
def test_weights_that_did_not_learn_say_so(function: Callable[..., Any], failed: list[str], detail: str) -> None:
    """By what the judge measured; the student's own history is never asked."""
    found = faults(judged(function))
    assert list(found) == failed
    assert detail in next(iter(found.values()))


@pytest.mark.parametrize(
    ("function", "aspect", "hint"),
    [
        pytest.param(lambda *_: {"w": np.full(2, np.inf), "b": 0.0}, "loss", "Smaller steps.", id="not finite"),
        pytest.param(lambda *_: {"w": np.zeros(2), "b": 1.0}, "accuracy", "Always the same.", id="one answer"),
        pytest.param(lambda *_: {"w": -np.ones(2), "b": 0.0}, "learns", "Train.", id="untrained"),
        pytest.param(lambda *_: 5, "computes", "Form.", id="form"),
        pytest.param(lambda *_: {"w": -np.ones(2), "b": 0.0}, "loss", "General.", id="none of its own"),
    ],
)
def test_a_hint_fits_what_went_wrong(function: Callable[..., Any], aspect: str, hint: str) -> None:
    """A hint waits under the cause; where none waits, the check's own is given."""
    assert {result.id: spoken(result.hint) for result in judged(function).checks}[aspect] == hint


def test_a_claim_that_raises_is_not_true() -> None:
    """Outputs of another form, mostly."""
    assert list(faults(judged(train, exercise(check("claim", claim=lambda outputs, _: outputs["no"] > 0))))) == [
        "claim"
    ]


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        pytest.param(Ended(reason="timed_out", message=literal("Slow.")), Verdict.TIMED_OUT, "Slow.", id="out of time"),
        pytest.param(
            Unsupported(id=0, what=literal("a function")), Verdict.FAILED, "You returned a function", id="a function"
        ),
    ],
)
def test_what_returns_no_weights_fails_every_check(answer: Answer, verdict: Verdict, detail: str) -> None:
    """And draws no curve."""
    seen = answering(lambda _: answer)
    assert {result.verdict for result in seen.checks} == {verdict}
    assert all(detail in spoken(result.message) for result in seen.checks)
    assert seen.curve is None


def test_a_loss_beyond_all_numbers_draws_no_curve() -> None:
    """A report holds finite numbers only; outputs that are finite may still have squares that are none."""
    asked = exercise(check("computes"), check("loss", goal=0.2), loss="mean_squared_error")
    seen = judged(lambda *_: {"w": np.full(2, 1e200), "b": 0.0}, asked)

    assert seen.curve is None
    assert "its loss is inf" in faults(seen)["loss"]


def test_weights_that_spread_over_all_memory_are_no_weights() -> None:
    """Some thousand of them, broadcast over something else, are gigabytes, and could be terabytes."""
    spreading = exercise(forward=lambda w, x: np.outer(w, np.ones(20_000)).sum() + np.zeros(len(x)))
    found = faults(judged(lambda *_: np.zeros(10_000), spreading))

    assert "not have the form" in found["computes"]


@given(values)
def test_whatever_is_returned_gets_a_verdict(value: Value) -> None:
    """No weights bring the judge down, and none of these learn."""
    results = answering(lambda call: Returned(id=call.id, value=value)).checks
    assert {r.id for r in results if r.verdict is Verdict.PASSED} <= {"computes", "claim"}


def keras_model(kernel: Numbers, bias: Numbers, *, predictions: str = "honest") -> dict[str, Value]:
    """One Dense layer with two units as a room describes it."""
    layer: Any = {"class": "Dense", "activation": "linear", "trainable": True, "weights": [array(kernel), array(bias)]}
    said: dict[str, Value] = {
        "class": "Sequential",
        "layers": [layer],
        "predictions": None,
        "refusal": ("no_layers",),
    }
    outputs = forward(parse_description(said), two_clouds(3).held[0].astype(np.float32))
    assert outputs is not None
    return said | {"predictions": {"honest": array(outputs), "other": array(outputs + 1), "none": None}[predictions]}


GOOD, BAD = np.array([[-2.0, 2.0], [-2.0, 2.0]]), np.zeros((2, 2))
MODEL = lab.trained("model", "Train", data=two_clouds, loss="sparse_crossentropy_from_logits").checks(*ALL[:4])


def described(value: Value, asked: Exercise = MODEL) -> Examination:
    """What comes of a Keras model that the room describes so."""

    def ask(questions: Sequence[Question]) -> list[Answer]:
        assert [type(question) for question in questions] == [Describe]
        return [Returned(id=0, value=value)]

    return examine(asked, prepare(asked, Solutions(), 3), Subject(target="model"), ask)


@pytest.mark.parametrize(
    ("said", "failed"),
    [
        pytest.param(keras_model(GOOD, np.zeros(2)), [], id="trained"),
        pytest.param(keras_model(BAD, np.zeros(2)), ["learns", "loss", "accuracy"], id="untrained"),
        pytest.param(
            keras_model(GOOD, np.zeros(2), predictions="other"), [c.id for c in ALL[:4]], id="other predictions"
        ),
        pytest.param(keras_model(GOOD, np.zeros(2), predictions="none"), [c.id for c in ALL[:4]], id="no predictions"),
        pytest.param(None, [c.id for c in ALL[:4]], id="no description"),
    ],
)
def test_a_keras_model_is_measured_by_its_weights(said: Value, failed: list[str]) -> None:
    """Predictions only bear out that they are its weights."""
    assert list(faults(described(said))) == failed


STRANGE: Any = {"class": "Attention", "activation": "linear", "trainable": True, "weights": []}
GOOD_SAID = keras_model(GOOD, np.zeros(2))
CLAIMED = array(two_clouds(3).held[0].astype(np.float32) @ GOOD)


@pytest.mark.parametrize(
    ("said", "failed"),
    [
        pytest.param({**GOOD_SAID, "layers": [STRANGE]}, [], id="a layer that is not redone"),
        pytest.param({**GOOD_SAID, "chain": False, "predictions": CLAIMED}, [], id="branches"),
        pytest.param(
            {**keras_model(BAD, np.zeros(2)), "chain": False, "predictions": CLAIMED},
            [],
            id="branches, redone otherwise",
        ),
        pytest.param(
            {**GOOD_SAID, "layers": [STRANGE], "predictions": array(np.zeros((30, 2)))},
            ["learns", "loss", "accuracy"],
            id="not redone, and untrained",
        ),
        pytest.param(
            {**GOOD_SAID, "layers": [STRANGE], "predictions": array(np.full((30, 2), np.nan))},
            [c.id for c in ALL[:4]],
            id="not redone, and no numbers",
        ),
        pytest.param(
            {**GOOD_SAID, "layers": [STRANGE], "predictions": array(np.zeros((29, 2)))},
            [c.id for c in ALL[:4]],
            id="not redone, and too few",
        ),
    ],
)
def test_a_model_that_is_not_redone_is_measured_by_what_it_predicted(said: Value, failed: list[str]) -> None:
    """Nobody fails for a layer that the judge does not know; the labels are unknown in the room all the same."""
    assert list(faults(described(said))) == failed


SHOWN = lab.model("model", "Train", features=2, layers=(DenseLayer(units=2),))
DATA: dict[str, Any] = {"data": two_clouds, "loss": "sparse_crossentropy_from_logits"}


def shown_and_trained(*, needs: str | tuple[str, ...], data: TrainingData | None = None) -> Exercise:
    """An exercise that asks for a layer as well, and what it asks of the training needs that check."""
    made = DATA if data is None else DATA | {"data": lambda _: data}
    trained = lab.check("learns", "", 10, TrainedModel(**made), Goal("learns", 0.5), needs=needs)
    return SHOWN.checks(
        lab.check("shown", "", 10, Aspect("computes")),
        lab.check("width", "", 10, Aspect("units"), needs="shown"),
        trained,
    )


def of_both(shown: Value, held: Value, asked: Exercise) -> list[str]:
    """What fails where a room says one thing when random numbers are asked for, and another of the held examples."""

    def ask(questions: Sequence[Question]) -> list[Answer]:
        inputs = [each.inputs.data for each in questions if isinstance(each, Describe)]
        return [Returned(id=0, value=shown if len(each) == 8 else held) for each in inputs]

    return list(faults(examine(asked, prepare(asked, Solutions(), 3), Subject(target="model"), ask)))


def of_random(said: dict[str, Value], seed: int = 3) -> dict[str, Value]:
    """The same model, and what its weights give for the random inputs."""
    (case,) = prepare(shown_and_trained(needs="width"), Solutions(), seed).cases["shown"]
    assert isinstance(case.args[0], Array)
    predictions = forward(parse_description(said), case.args[0].data)
    assert predictions is not None
    return {**said, "predictions": array(predictions)}


LEARNED_NOTHING = keras_model(BAD, np.zeros(2))
ANOTHER = {
    "other predictions": {**LEARNED_NOTHING, "chain": False, "predictions": CLAIMED},
    "a layer that is not redone": {**LEARNED_NOTHING, "layers": [STRANGE], "predictions": CLAIMED},
    "layers that do not fit": {**keras_model(np.zeros((2, 2)), np.zeros(2)), "chain": False, "predictions": CLAIMED},
}


@pytest.mark.parametrize("held", ANOTHER)
@pytest.mark.parametrize("needs", ["shown", "width", ("shown", "width")])
def test_what_computes_as_its_weights_do_does_so_for_what_is_held_back(held: str, needs: str | tuple[str, ...]) -> None:
    """A model that tells random numbers from examples could have the layers that are wanted, and answer otherwise."""
    asked = shown_and_trained(needs=needs)
    assert of_both(of_random(LEARNED_NOTHING), ANOTHER[held], asked) == ["learns"]
    assert of_both(of_random(LEARNED_NOTHING), ANOTHER[held], shown_and_trained(needs=())) == []


@pytest.mark.parametrize(("predicted", "failed"), [("honest", []), ("other", ["learns"])])
def test_of_very_many_examples_some_bear_out_the_others(predicted: str, failed: list[str]) -> None:
    """Redoing the pass for all of them would take too long; nobody knows beforehand which are looked at."""
    many = 40_000
    labels = np.arange(many) % 2
    held = TrainingData(held=(4.0 * labels[:, None] - 2 + np.zeros((many, 2)), labels))
    wide: Any = {"class": "Dense", "activation": "linear", "trainable": True}
    layers = [
        wide | {"weights": [array(np.eye(2, 30_000, dtype=np.float32))]},
        wide | {"weights": [array(np.vstack([GOOD, np.zeros((29_998, 2))]).astype(np.float32))]},
    ]
    said: dict[str, Value] = {"class": "Sequential", "layers": layers, "predictions": None, "refusal": ()}
    answer = held.held[0].astype(np.float32) @ GOOD.astype(np.float32)
    claimed = said | {"predictions": array(answer if predicted == "honest" else answer * 2)}

    assert of_both(of_random(said), claimed, shown_and_trained(needs="shown", data=held)) == ["width", *failed]


def test_a_model_too_wide_to_be_redone_earns_nothing() -> None:
    """The judge stays within its memory, and believes nothing that it cannot compute itself."""
    examples = 20_000
    held = (np.ones((examples, 2)), np.arange(examples) % 2)
    data = TrainingData(held=held)
    asked = lab.trained("model", "Train", data=lambda _: data, loss="sparse_crossentropy_from_logits").checks(*ALL[:2])
    layer: Any = {"class": "Dense", "activation": "relu", "trainable": True, "weights": [array(np.ones((2, 30_000)))]}
    said: dict[str, Value] = {"class": "Sequential", "layers": [layer], "refusal": ()}
    found = faults(described(said | {"predictions": array(np.zeros((examples, 2)))}, asked))

    assert all("cannot recompute" in found[aspect] for aspect in ("computes", "learns"))


def test_outputs_of_one_for_every_class_are_no_probabilities() -> None:
    """They would have no loss at all."""
    asked = lab.trained("model", "Train", data=two_clouds, loss="sparse_crossentropy").checks(*ALL[:3])
    found = faults(described(keras_model(BAD, np.ones(2)), asked))
    assert found["loss"] == "Wrong. Its outputs are not probabilities, as they were asked for."


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        pytest.param("loss", "loss needs a goal", id="no goal"),
        pytest.param("claim", "it claims nothing", id="no claim"),
    ],
)
def test_a_check_says_what_is_to_be_reached(name: GoalName, complaint: str) -> None:
    """Refused when the assignment is read."""
    with pytest.raises(ValueError, match=complaint):
        check(name)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param(
            {"data": lambda _: TrainingData(held=two_clouds(0).held)}, "data.seed..train", id="nothing to train"
        ),
        pytest.param({"loss": "categorical_crossentropy"}, "do not fit categorical_crossentropy", id="other labels"),
    ],
)
def test_data_that_do_not_fit_are_the_courses_fault(changes: dict[str, Any], complaint: str) -> None:
    """Said before a student is graded."""
    with pytest.raises(CourseError, match=complaint):
        prepare(exercise(**changes), Solutions(), 0)
