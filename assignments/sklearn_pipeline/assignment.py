"""The scikit-learn lab: a classifier written by hand, a pipeline, and a choice by validation."""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

SEEDS = st.integers(0, 10**6)


def clouds(seed: int, count: int, features: int = 2, classes: int = 2) -> tuple[Numbers, Numbers]:
    """Points X (count, features) around a centre for each class, and their labels y (count,); every class is there."""
    random = np.random.default_rng(seed)
    y = np.arange(count) % classes
    centres = random.normal(0, 2, (classes, features))
    return (centres[y] + random.normal(0, 1.5, (count, features))).round(3), y


@st.composite
def neighbours(draw: st.DrawFn) -> Arguments:
    """A KNN that is made, fitted and asked."""
    count, features, classes = draw(st.integers(4, 12)), draw(st.integers(1, 3)), draw(st.integers(2, 3))
    X, y = clouds(draw(SEEDS), count, features, classes)
    Z, _ = clouds(draw(SEEDS), draw(st.integers(1, 5)), features, classes)
    return history(make(draw(st.integers(1, count))), does("fit", X, y), asks("predict", Z))


def two_of_them(first: int, second: int) -> Arguments:
    """Two objects, fitted one after the other; then the first is asked, and the second."""
    X, y = clouds(first, 6)
    Z, labels = clouds(second, 8)
    return history(
        make(1).called("one"),
        make(3).called("other"),
        does("fit", X, y).on("one"),
        does("fit", Z, labels).on("other"),
        asks("predict", Z).on("one"),
        asks("predict", X).on("other"),
    )


@st.composite
def fits(draw: st.DrawFn) -> Arguments:
    """A pipeline that is made, fitted and asked; features are of very different sizes."""
    X, y = clouds(draw(SEEDS), draw(st.integers(12, 20)))
    Z, _ = clouds(draw(SEEDS), 6)
    scale = np.array([1.0, draw(st.sampled_from([0.001, 100.0, 1000.0]))])
    return history(make(), does("fit", X * scale, y), asks("predict_proba", Z * scale))


@st.composite
def choices(draw: st.DrawFn) -> Arguments:
    """Training and validation data, and the numbers of neighbours to choose from."""
    X, y = clouds(draw(SEEDS), draw(st.integers(10, 16)))
    Z, labels = clouds(draw(SEEDS), draw(st.integers(6, 10)))
    ks = draw(st.lists(st.sampled_from([1, 3, 5, 7, 9]), min_size=1, max_size=4, unique=True))
    return X, y, Z, labels, ks


LINE = np.array([[0.0], [1.0], [4.0], [5.0]])
#: probabilities come of a search that ends when it is near enough
NEAR = Agrees(tolerance=Tolerance(relative=1e-3, absolute=1e-3))
STEPS = ("sklearn.preprocessing.StandardScaler", "sklearn.linear_model.LogisticRegression")

ASSIGNMENT = lab(
    "sklearn_pipeline",
    "From neighbours to a pipeline",
    function("KNN", "A classifier of nearest neighbours").checks(
        check("example", "Points on a line", 10)
        .examples(
            history(make(1), does("fit", LINE, np.array([0, 0, 1, 1])), asks("predict", np.array([[0.4], [9.0]]))),
            history(make(3), does("fit", LINE, np.array([0, 0, 1, 1])), asks("predict", np.array([[0.4], [9.0]]))),
        )
        .says(hint="Which of the four points are nearest to 0.4, and what are their labels?"),
        check("drawn", "", 15, Drawn(neighbours(), 25)).says(
            hint="Work out the distances of this case: which labels do the nearest points have, and which is the most "
            "frequent?"
        ),
        check("two", "Two objects know nothing of each other", 5)
        .examples(two_of_them(1, 2), two_of_them(3, 4))
        .says(hint="The second object was fitted after the first. Whose data does the first one use?"),
        check("chained", "`fit` returns the object", 5)
        .examples(history(make(1), kind(asks("fit", LINE, np.array([0, 0, 1, 1])))))
        .says(hint="What does `fit` return? `KNN(1).fit(X, y).predict(Z)` is a common way to write it."),
        check("refuses", "No neighbours are refused", 5, refused((0,), (-2,)), Raises("ValueError")).says(
            "It raises a ValueError where there are no neighbours to ask.",
            "It is made without complaint, or raises something else, where there are no neighbours to ask.",
            "What should happen at once in `KNN(0)`?",
        ),
    ),
    function("make_model", "A pipeline").checks(
        check("pipeline", "It is a Pipeline", 6)
        .asks(examples(history(kind(make()))), IsA("sklearn.pipeline.Pipeline"))
        .says(hint="`make_pipeline` and `Pipeline` of `sklearn.pipeline` make one."),
        check("scales", "It scales first", 7, needs="pipeline")
        .asks(examples(history(make(), kind(item(0)))), IsA(STEPS[0]))
        .says(hint="Which step comes first, and what does it do to features of very different sizes?"),
        check("regresses", "It ends in a logistic regression", 7, needs="pipeline")
        .asks(examples(history(make(), kind(item(-1)))), IsA(STEPS[1]))
        .says(hint="Which step comes last, and what does it do?"),
        check("drawn", "It learns from data of any size", 10, Drawn(fits(), 8), NEAR).says(
            hint="Leave all settings of both steps as scikit-learn has them. Is each step there once?"
        ),
    ),
    function("best_k", "A choice by validation").checks(
        check("example", "Small data", 10)
        .examples(
            (LINE, np.array([0, 0, 1, 1]), LINE + 0.2, np.array([0, 0, 1, 1]), [3, 1]),
            (LINE, np.array([0, 0, 1, 0]), LINE + 0.2, np.array([0, 0, 0, 0]), [1, 3]),
        )
        .says(hint="How many of the validation points does each number of neighbours get right?"),
        check("drawn", "", 20, Drawn(choices(), 25)).says(
            hint="Count by hand what each number of neighbours gets right. Is the best one named, and the smallest of "
            "those that are alike?"
        ),
    ),
    uses=("sklearn",),
    seed=1618033989,
)
