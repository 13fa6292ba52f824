"""Figures: what is told of a drawing, what of it counts, and how each aspect earns its share. No room is opened."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes as PlainAxes
from matplotlib.figure import Figure as PlainFigure

from grader.errors import CourseError
from grader.judging.detectors.evidence import Trial
from grader.judging.detectors.forms import returns_none
from grader.judging.drawings import read_figure
from grader.judging.examination import Fault
from grader.judging.question import Reaction
from grader.judging.showing import shown
from grader.lab import check, draws, examples, figure, function, history, lab
from grader.messages import english
from grader.wall.figure import MAX_AXES, MAX_MARKS
from grader.wall.protocol import Returned
from grader.wall.room.following import follow
from grader.wall.value_frames import unpack
from grader.wall.values import Record, Value

EVERYTHING = figure(
    title=True,
    labels=True,
    legend=True,
    lines=True,
    bars=True,
    scatter=True,
    images=True,
    scales=True,
    ticks=True,
    layout=True,
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No test leaves a figure open."""
    yield
    plt.close("all")


def told(draw: Callable[[], Any]) -> Value:
    """What a room tells of what this draws."""
    (steps,) = history(draws())
    return follow(draw, steps)


wanted = functools.cache(told)


def fault(mine: Value | Callable[[], Any], asked: Callable[[], Any], rule: Any = EVERYTHING) -> Fault | None:
    """What is wrong with the one where the other is asked for, which is drawn once."""
    value = told(mine) if callable(mine) else mine
    answer = Returned(id=0, value=value)
    found: Fault | None = rule.fault(Reaction(args=(), expected=wanted(asked), answer=answer, seen=answer))
    return found


def curves(**changed: Any) -> Callable[[], Any]:
    """A function that draws two labelled lines, with something `changed`."""
    with_these = {"title": "Loss", "x": "epoch", "y": "loss", "names": ("train", "test"), "second": [9, 4, 1]} | changed

    def draw() -> None:
        for name, heights in zip(with_these["names"], ([4, 2, 1], with_these["second"]), strict=True):
            plt.plot([1, 2, 3], heights, label=name)
        plt.title(with_these["title"])
        plt.xlabel(with_these["x"])
        plt.ylabel(with_these["y"])
        plt.yscale(with_these.get("scale", "linear"))
        plt.legend()

    return draw


ASKED = curves()


def swapped() -> None:
    """The lines of `curves` in the other order, by the methods of axes."""
    _, axes = plt.subplots()
    axes.plot([1, 2, 3], [9, 4, 1], label="Test")
    axes.plot([1, 2, 3], [4, 2, 1], label="train ")
    axes.set(title="LOSS", xlabel="Epoch", ylabel="loss")
    axes.legend()


@pytest.mark.parametrize("draw", [curves(), swapped], ids=["the same", "otherwise"])
def test_the_same_picture_is_right_however_it_was_drawn(draw: Callable[[], Any]) -> None:
    """Capitals, blanks, the order of lines and the way of writing it count for nothing."""
    assert fault(draw, ASKED) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "The title is missing; 'Loss' was asked for."),
        ({"y": ""}, "The ylabel is missing; 'loss' was asked for."),
        ({"x": "loss", "y": "epoch"}, "The xlabel is 'loss'; 'epoch' was asked for. 'ylabel' is wrong as well"),
        ({"names": ("test", "train")}, "The legend is 'test, train'; 'train, test' was asked for."),
        ({"second": [9, 4, 4]}, "Line 2: At x = 3 yours is 4; 1 was asked for."),
        ({"second": [9, 4, np.inf]}, "Line 2: At x = 3 yours is inf; 1 was asked for."),
        ({"scale": "log"}, "The yscale is 'log'; 'linear' was asked for."),
    ],
    ids=["no title", "no label", "swapped labels", "swapped legend", "a point", "no number", "a scale"],
)
def test_each_aspect_is_told_apart_and_the_others_earn_their_share(changed: dict[str, Any], words: str) -> None:
    """A title that is missing costs no line."""
    found = fault(curves(**changed), ASKED)
    assert found is not None
    assert english(found.detail).startswith(words.partition(" 'ylabel'")[0])
    assert Fraction(1, 2) < found.among([found]).share < 1


def test_a_finite_number_is_not_near_an_infinite_one() -> None:
    """However far the tolerance reaches."""
    found = fault(curves(), curves(second=[9, 4, np.inf]))
    assert found is not None
    assert english(found.detail).startswith("Line 2: At x = 3 yours is 1; inf was asked for.")


def test_an_aspect_that_does_not_count_is_not_looked_at() -> None:
    """A lab that asks for lines says nothing of titles."""
    assert fault(curves(title="mine"), ASKED, figure(lines=True)) is None


def several(heights: Any, dots: Any, image: Any, names: Any = ("u", "v"), shape: Any = (1, 3)) -> Callable[[], Any]:
    """Three axes: bars, a scatter and an image."""

    def draw() -> Any:
        made, axes = plt.subplots(*shape)
        axes[0].bar(names, heights)
        axes[1].scatter(*dots)
        axes[2].imshow(image)
        return made

    return draw


def closes() -> Any:
    """The same, closed as in a notebook, and returned."""
    made = THREE()
    plt.close("all")
    return made


PICTURE = np.arange(6.0).reshape(2, 3)
THREE = several([2, 3], ([1, 2], [3, 4]), PICTURE)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (several([2, 3], ([2, 1], [4, 3]), PICTURE), ""),
        (several([3, 2], ([1, 2], [3, 4]), PICTURE), "In axes[0]: Bars 1: At x = 0 yours is 3; 2 was asked for."),
        (several([2, 3], ([1, 2], [3, 4]), PICTURE, ("v", "u")), "In axes[0]: The xticks is 'v, u'"),
        (several([2, 3], ([1, 2], [4, 3]), PICTURE), "In axes[1]: Scatter 1: At x = 1 yours is 4; 3 was asked for."),
        (several([2, 3], ([1, 2], [3, 4]), PICTURE.T), "In axes[2]: Image 1: "),
        (
            several([2, 3], ([1, 2], [3, 4]), PICTURE, shape=(3, 1)),
            "axes[0] stands at subplot(3, 1, 1); subplot(1, 3, 1) was asked for.",
        ),
        (curves(), "The figure has 1 axes; 3 were asked for."),
        (lambda: None, "No figure is there"),
        (closes, ""),
    ],
    ids=[
        "points in another order",
        "heights",
        "names",
        "a point",
        "turned",
        "below each other",
        "other axes",
        "nothing",
        "closed and returned",
    ],
)
def test_bars_points_images_and_axes_are_compared(draw: Callable[[], Any], words: str) -> None:
    """What differs is named by its axes, as Python counts them."""
    found = fault(draw, THREE)
    assert (found is None) is (words == "")
    assert found is None or english(found.detail).startswith(words)


def test_a_figure_that_is_returned_counts_whatever_else_is_open() -> None:
    """By itself, by its axes, or in a tuple; else the one that was drawn in last; what was open before is gone."""
    plt.plot([0, 1])

    def draws_two() -> Any:
        made, axes = plt.subplots()
        axes.set_title("first")
        plt.figure()
        return made, axes

    found = [read_figure(told(each)) for each in (draws_two, lambda: draws_two()[1], lambda: None, curves())]
    titles = [None if each is None else each.axes[0].title for each in found]

    assert titles == ["first", "first", None, "Loss"]


def test_where_a_figure_is_asked_for_nothing_is_said_of_what_was_returned() -> None:
    """A figure that is not there is told as None, whatever the function returned."""
    assert not returns_none([Trial(args=(), asked=wanted(curves()), given=None, right=False)])
    assert returns_none([Trial(args=(), asked=1, given=None, right=False)])


class Forged:
    """A class that merely bears the name, and has whatever is asked for."""

    __module__ = "matplotlib.figure"
    __class__ = PlainFigure  # type: ignore[assignment]  # as a student forges it
    axes = (1, 2)

    def __getattr__(self, name: str) -> Any:
        return lambda *_: "right"


class Lies(PlainAxes):
    """Axes of the student's own, which say what they like."""

    name = "lies"

    def get_title(self, loc: str = "center") -> str:
        return "Loss" + loc * 0


def test_only_classes_of_the_library_are_read_and_only_by_its_own_methods() -> None:
    """A forged class is no figure, and a method that a student overrides is not asked."""

    def lies() -> None:
        made = plt.figure()
        made.add_axes(Lies(made, (0, 0, 1, 1)))

    found = read_figure(told(lies))

    assert told(Forged) is None
    assert found is not None
    assert found.axes[0].title == ""


def many_axes() -> Any:
    """More axes than are read."""
    made = plt.figure()
    for _ in range(MAX_AXES + 1):
        made.add_axes((0, 0, 1, 1))
    return made


def many_lines() -> None:
    """More lines than are read."""
    plt.plot(np.zeros((2, MAX_MARKS + 1)))


def giant_line() -> None:
    """A line of more points than are read."""
    plt.plot(np.zeros(600_000))


@pytest.mark.parametrize("draw", [many_axes, many_lines, giant_line])
def test_what_is_too_large_is_the_students_fault_and_said(draw: Callable[[], Any]) -> None:
    """It is neither read nor sent."""
    value = told(draw)
    figure_there = read_figure(value)
    found = fault(value, ASKED)

    assert figure_there is not None
    assert figure_there.too_large
    assert found is not None
    assert english(found.detail).startswith("The figure is too large to be read: up to 50 axes")
    assert found.share == 0


def test_a_report_shows_what_was_drawn_and_not_what_was_left_out() -> None:
    """Of everything that axes may have, most is empty."""
    text = "Figure(axes=(Axes(subplot='1, 1, 1', lines=(Marks(x=[0., 1.], y=[2., 3.]),)),))"
    assert shown(told(lambda: plt.plot([2, 3]))).text == text


HELD = {"suptitle": "", "axes": (), "too_large": False}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "Figure",
        Record(type="Figure", fields={}),
        Record(type="Figure", fields=HELD | {"axes": [1]}),
        Record(type="Figure", fields=HELD | {"axes": (Record(type="Axes", fields={"title": ""}),)}),
        unpack(["record", "Figure", ["dict", []]], ()),
    ],
)
def test_an_answer_of_another_form_is_no_figure(value: Value) -> None:
    """Whatever a room says; nothing of it is believed."""
    found = fault(value, ASKED)
    assert found is not None
    assert english(found.detail).startswith("No figure is there")


def test_a_reference_that_draws_nothing_is_the_courses_fault() -> None:
    """No student pays for it."""
    with pytest.raises(CourseError, match="the reference drew nothing"):
        fault(curves(), lambda: None)


def test_a_lab_says_that_it_uses_matplotlib_and_what_counts() -> None:
    """The author learns it when the assignment is read."""
    asks = function("f", "F").checks(check("draws", "It draws", 1, examples(history(draws())), EVERYTHING))
    with pytest.raises(ValueError, match=r"uses=\(\"matplotlib\",\)"):
        lab("a", "A", asks)
    with pytest.raises(ValueError, match="nothing of the figure counts"):
        figure()
