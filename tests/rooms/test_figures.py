"""Figures in rooms of both tiers; and the lab that assignments/README.md shows for them, graded as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.judging.drawings import read_figure
from grader.lab import draws, history
from grader.messages import english
from grader.report.report import Report
from grader.wall.protocol import Follow, Returned
from grader.wall.sandbox import Room, Sandbox
from tests.hostile.conftest import TIERS
from tests.hostile.conftest import opened as opened_tier
from tests.notebooks import code, notebook
from tests.rooms.jobs import opened

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Figures")[2].partition("\n## ")[0]
LAB = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
SOLUTION = """
def squares(xs):
    fig, ax = plt.subplots()
    ax.plot(xs, [x * x for x in xs], label="squares")
    ax.set(title="Squares", xlabel="x", ylabel="y")
    ax.legend()
    return fig


def panels():
    fig, axes = plt.subplots(1, 3)
    axes[0].bar(["u", "v"], [2, 3])
    axes[1].scatter([1, 2], [3, 4])
    axes[2].imshow([[0, 1], [2, 3]])
    return fig
"""
#: in place of something right, what a student may write, and what the report says of it
WRONG = {
    ("x * x for", "x + x for"): "Line 1: At x = 1 yours is 2; 1 was asked for.",
    (', ylabel="y"', ""): "The ylabel is missing; 'y' was asked for.",
    ("[2, 3])", "[2, 4])"): "In axes[0]: Bars 1: At x = 1 yours is 4; 3 was asked for.",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The lab of the guide, with its reference."""
    folder = tmp_path_factory.mktemp("course")
    solution = "import matplotlib.pyplot as plt\n\n" + SOLUTION
    for name, text in (("assignments/figures/assignment.py", LAB), ("reference/figures/solution.py", solution)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment("figures"), sandbox="none") as grader:
        yield grader


def graded(lab: Grader, source: str) -> tuple[Report, str]:
    """The report on a notebook of one cell, and what it says of checks."""
    report = lab.grade("a.ipynb", notebook(code("import matplotlib.pyplot as plt\n" + source)))
    checks = [each for exercise in report.exercises for each in exercise.checks]
    told = [english(each.message) for each in checks if each.earned != each.possible]
    return report, " ".join(told)


def test_the_guides_lab_accepts_what_is_right(lab: Grader) -> None:
    """Whoever copies the example has a lab that works."""
    report, told = graded(lab, SOLUTION)
    assert (told, report.score and report.score.earned) == ("", 9)


def test_what_is_wrong_is_named_and_the_rest_earns_its_share(lab: Grader) -> None:
    """Of four words one is missing: three quarters of its points are left; of four kinds of marks one is wrong."""
    source = SOLUTION
    for right, wrong in WRONG:
        source = source.replace(right, wrong)
    report, told = graded(lab, source)

    assert [words for words in WRONG.values() if words not in told] == []
    assert report.score is not None
    assert report.score.earned == 0 + 3 + 2


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with matplotlib."""
    with opened_tier(request.param, "numpy", uses=("matplotlib",)) as given:
        yield given


HOSTILE = """
import matplotlib.figure, sys
real = matplotlib.figure.Figure

class Forged:
    __class__ = real
    axes = property(lambda self: 1 / 0)

class Lying(real):
    def get_axes(self):
        return [Forged()] * 10_000

class Replaced:
    def __init__(self, *_, **__):
        raise SystemExit("gone")

def many():
    made = plt.figure()
    for _ in range(51):
        made.add_axes((0, 0, 1, 1))

def thousands():
    made = plt.figure()
    axes = [object.__new__(matplotlib.axes.Axes) for _ in range(10_000)]
    made._axstack = type("Stack", (), {"as_list": lambda self: axes})()
    return made

def odd():
    fig, ax = plt.subplots()
    ax.title.set_text("t" * 100_000)

def replaced():
    matplotlib.figure.Figure = Replaced
    sys.modules["matplotlib.pyplot"] = Replaced
    return plt.subplots()[0] if False else plt.figure(FigureClass=real)

DRAWS = {
    "honest": lambda: plt.plot([1, 2], [3, 4]),
    "forged": Forged,
    "lying": lambda: plt.figure(FigureClass=Lying),
    "axes": many,
    "thousands": thousands,
    "numbers": lambda: plt.plot(np.zeros(2_000_000)) and None,
    "long": odd,
    "replaced": replaced,
    "nested": lambda: (lambda each: each.append(each) or each)([]),
}

def f(what):
    return DRAWS[what]()
"""


def told(room: Room, what: str) -> str:
    """What a room says to one question, in a word."""
    (steps,) = history(draws(what))
    (outcome,) = room.ask([Follow(id=0, target="f", steps=steps)])
    if not isinstance(outcome, Returned):
        return type(outcome).__name__
    figure = read_figure(outcome.value)
    return "none" if figure is None else "too large" if figure.too_large else f"{len(figure.axes)} axes"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("honest", "1 axes"),
        ("forged", "none"),
        ("lying", "0 axes"),
        ("axes", "too large"),
        ("thousands", "too large"),
        ("numbers", "too large"),
        ("long", "Unsupported"),
        ("replaced", "0 axes"),
        ("nested", "none"),
    ],
)
def test_a_hostile_figure_is_told_for_what_it_is(locked: Sandbox, what: str, said: str) -> None:
    """Read by the library's classes as they were; what is too large is not sent; nothing of it ends the room."""
    with opened(locked, "import numpy as np\nimport matplotlib.pyplot as plt", HOSTILE) as room:
        assert told(room, what) == said
