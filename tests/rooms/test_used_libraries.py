"""The libraries that an assignment says it uses, in rooms of both tiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.lab import asks, category, does, frame, history, item, kind, make, reads
from grader.lab.objects import Move
from grader.limits import RoomLimits
from grader.wall.protocol import Answer, Call, Ended, Follow, Raised, Returned, Unsupported
from grader.wall.sandbox import Room, Sandbox
from grader.wall.values import Value, identical
from tests.hostile.conftest import TIERS
from tests.hostile.conftest import opened as opened_tier
from tests.rooms.jobs import calls, opened


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with pandas and scikit-learn."""
    with opened_tier(request.param, "numpy", uses=("pandas", "sklearn")) as given:
        yield given


def test_what_an_assignment_uses_is_loaded_before_student_code_runs(locked: Sandbox) -> None:
    """No student pays for an import; what is not used is not there, since every room would carry it."""
    asked = "{name: name in sys.modules for name in ('pandas', 'sklearn.tree', 'tensorflow')}"
    with opened(locked, f"import sys\nloaded = {asked}", "def f(x):\n    return loaded") as room:
        (outcome,) = room.ask(calls(0.0))

    assert isinstance(outcome, Returned), outcome
    assert outcome.value == {"pandas": True, "sklearn.tree": True, "tensorflow": False}


def asked(sandbox: Sandbox, source: str, *arguments: Value) -> list[object]:
    """What a room says to a call of `f` with each argument: its value, or in what words there is none."""
    questions = [Call(id=number, target="f", args=(each,)) for number, each in enumerate(arguments)]
    with opened(sandbox, "import pandas as pd", source) as room:
        return [
            each.value if isinstance(each, Returned) else each.what.key if isinstance(each, Unsupported) else each
            for each in room.ask(questions)
        ]


SIZES = category(["L", "S", "L"], ["S", "L"], ordered=True)
BEFORE = frame({"age": [31, None, 7], "name": ["Ada", None, "Cy"], "size": SIZES})
AFTER = frame({"age": [7.0, 31.0], "name": ["Cy", "Ada"], "size": category(["L", "L"], ["S", "L"], ordered=True)})


def test_a_table_is_a_frame_in_a_room_and_a_table_again_here(locked: Sandbox) -> None:
    """Text, missing entries, categories and their order go in and come out; what was left alone is told to be."""
    source = "def f(frame):\n    return frame.dropna().sort_values('age').reset_index(drop=True)"
    with opened(locked, "import pandas as pd", source) as room:
        (outcome,) = room.ask([Call(id=0, target="f", args=(BEFORE,))])

    assert isinstance(outcome, Returned), outcome
    assert identical(outcome.value, AFTER)
    assert outcome.arguments is not None
    assert identical(outcome.arguments[0], BEFORE)


HOSTILE = """
class Lying(pd.DataFrame):
    columns = property(lambda self: 1 / 0)

class Forged:
    __class__ = pd.DataFrame
    __len__ = lambda self: 3

def endless():
    while True:
        yield 1

ANSWERS = {
    "rows": lambda: pd.DataFrame({"a": range(10**7)}),
    "lists": lambda: pd.DataFrame({"a": [[0] * 100] * 1000}),
    "lying": lambda: Lying({"a": [1]}),
    "forged": Forged,
    "twice": lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "categories": lambda: pd.Categorical.from_codes([0], [str(n) for n in range(10**6)]),
    "within itself": lambda: (frame := pd.DataFrame({"a": [None]}, dtype=object), frame.__setitem__("a", [frame]))[0],
    "endless": endless,
}

def f(name):
    return ANSWERS[name]()
"""


def test_what_is_too_much_or_lies_is_a_table_or_named_in_words(locked: Sandbox) -> None:
    """The room lives on after each of them, and no answer looks forged that is not."""
    names = ("rows", "lists", "lying", "forged", "twice", "categories", "within itself", "endless")
    said = dict(zip(names, asked(locked, HOSTILE, *names), strict=True))
    lying, twice = said.pop("lying"), said.pop("twice")

    assert said == {
        "rows": "many_rows",
        "lists": "many_entries",
        "forged": "object",
        "categories": "many_texts",
        "within itself": "nested_containers",
        "endless": "many_entries",
    }
    assert identical(lying, frame({"a": [1]}))  # type: ignore[arg-type]  # a value, or the comparison fails
    assert getattr(twice, "names", None) == ("a", "a")


PIPELINE = """
import time
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def made():
    return make_pipeline(StandardScaler(), LogisticRegression())

class Forged(LogisticRegression.__mro__[-1]):
    __module__, __qualname__ = "sklearn.pipeline", "Pipeline"
    __class__ = type(made())

class Lying(LogisticRegression):
    def get_params(self, deep=True):
        raise SystemExit

class Waiting:
    @property
    def coef_(self):
        while True:
            time.sleep(1)

KINDS = {"made": made, "forged": Forged, "lying": Lying, "waiting": Waiting}

def f(name):
    return KINDS[name]()
"""
X, Y = np.array([[0.0], [1.0], [8.0], [9.0]]), np.array([0, 0, 1, 1])


def followed(room: Room, *moves: Move) -> Answer:
    """What comes of steps about what `f` makes."""
    (answer,) = room.ask([Follow(id=0, target="f", steps=history(*moves)[0])])
    return answer


def test_an_estimator_stays_in_its_room_and_is_asked_there(locked: Sandbox) -> None:
    """It is fitted, asked for predictions and for parts, and known by its type; whoever lies about it is found out by
    what it does, and what never answers ends that room alone."""
    with opened(locked, PIPELINE, limits=RoomLimits(cpu_seconds=1, wall_factor=2)) as room:
        good = followed(room, kind(make("made")), does("fit", X, Y), asks("predict", X), kind(item(0)))
        forged, lying = (followed(room, kind(make(name))) for name in ("forged", "lying"))
        raised = followed(room, make("lying"), asks("get_params"))
        waiting = followed(room, make("waiting"), reads("coef_"))

    assert isinstance(good, Returned), good
    told: Any = good.value
    pipeline, predicted, scaler = told
    assert pipeline.type == "sklearn.pipeline.Pipeline"
    assert predicted.data.tolist() == [0, 0, 1, 1]
    assert scaler.type == "sklearn.preprocessing.StandardScaler"
    assert isinstance(forged, Returned)
    assert isinstance(lying, Returned)
    assert getattr(forged.value, "type", "").startswith("__main__.")
    assert "sklearn.linear_model.LogisticRegression" in getattr(lying.value, "kinds", ())
    assert isinstance(raised, Raised)
    assert isinstance(waiting, Ended)
    assert waiting.reason == "timed_out"
