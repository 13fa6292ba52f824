"""The plotting lab: curves of a training, bars of counts, and a picture beside points."""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

LOSSES = st.integers(1, 400).map(lambda n: n / 100)
LABELS = st.lists(st.sampled_from(("cat", "dog", "emu", "fox")), min_size=1, max_size=9)


@st.composite
def trainings(draw: st.DrawFn) -> Arguments:
    """The losses of two sets, one for each epoch."""
    epochs = draw(st.integers(2, 8))
    return history(draws(*(draw(st.lists(LOSSES, min_size=epochs, max_size=epochs)) for _ in range(2))))


@st.composite
def pictures(draw: st.DrawFn) -> Arguments:
    """A picture of some rows and columns, and points."""
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    rows, columns = draw(st.sampled_from(((2, 3), (3, 2), (4, 2))))
    return history(draws(random.integers(0, 9, (rows, columns)), random.integers(-9, 9, (draw(st.integers(2, 5)), 2))))


TRAINED = history(draws([2.0, 1.0, 0.5], [2.5, 2.0, 2.25]))
COUNTED = history(draws(["dog", "cat", "dog"]))
SHOWN = history(draws(np.array([[0, 1, 2], [3, 4, 5]]), np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 0.0]])))

ASSIGNMENT = lab(
    "plotting",
    "Plots that tell what they show",
    function("plot_losses", "The curves of a training").checks(
        check("lines", "Two lines", 15, examples(TRAINED), figure(lines=True)).says(
            hint="Which epoch does the first loss belong to, and how many lines are asked for?"
        ),
        check("words", "Title, labels and legend", 20)
        .asks(examples(TRAINED), figure(title=True, labels=True, legend=True))
        .says(
            hint="Compare what the task says, word by word, with `set_title`, `set_xlabel`, `set_ylabel` and `label=`."
        ),
        check("drawn", "", 5)
        .asks(Drawn(trainings(), 4), figure(lines=True, legend=True, scales=True))
        .says(
            hint="Does the number of epochs follow from the losses? Is the scale of losses the one that was asked for?"
        ),
    ),
    function("plot_counts", "How many there are of each").checks(
        check("bars", "The bars", 15, examples(COUNTED), figure(bars=True, ticks=True)).says(
            hint="How often is each label there? The bars stand in the order of the alphabet."
        ),
        check("words", "Title and label", 5)
        .asks(examples(COUNTED), figure(title=True, labels=True))
        .says(hint="Compare what the task says, word by word, with `set_title` and `set_ylabel`."),
        check("drawn", "", 10)
        .asks(Drawn(LABELS.map(lambda labels: history(draws(labels))), 6), figure(bars=True, ticks=True))
        .says(hint="Draw the bars of these labels by hand: one for each that is there, and none for others."),
    ),
    function("show_both", "A picture beside points").checks(
        check("panels", "Picture and points", 15, examples(SHOWN), figure(images=True, scatter=True, layout=True)).says(
            hint="Which column of `points` is x, and which pair of axes is the left one?"
        ),
        check("titles", "A title for each", 5, examples(SHOWN), figure(title=True)).says(
            hint="Each pair of axes has a title of its own, and the figure has one above them."
        ),
        check("drawn", "", 10)
        .asks(Drawn(pictures(), 4), figure(images=True, scatter=True))
        .says(hint="Does it also draw pictures of other sizes, and other numbers of points?"),
    ),
    uses=("matplotlib",),
    seed=1414213562,
)
