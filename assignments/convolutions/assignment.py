"""The convolutions lab: sizes, two-dimensional convolution, three ways of pooling, windows over a time series.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/convolutions/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, Examples, examples, vectors
from grader.checks.rules import Agrees, LeavesArguments

Numbers = npt.NDArray[Any]
Call = SearchStrategy[tuple[Any, ...]]


def block(*shape: int, size: int = 5, integers: bool = False) -> SearchStrategy[Numbers]:
    """Arrays of this shape, of entries in [-size, size]."""
    count = int(np.prod(shape))
    entries = vectors(min_size=count, max_size=count, low=-size, high=size, integers=integers)
    return entries.map(lambda items: items.reshape(shape))


def settings() -> Call:
    """n, f, p, s for which the window fits: f <= n + 2p."""
    sizes = st.tuples(st.integers(1, 30), st.integers(1, 7), st.integers(0, 3), st.integers(1, 4))
    return sizes.filter(lambda drawn: drawn[1] <= drawn[0] + 2 * drawn[2])


def filtered(*, integers: bool = False) -> Call:
    """Images and kernels of all forms, the kernel no larger than the image."""
    kernels = st.tuples(st.integers(1, 3), st.integers(1, 3))
    margins = st.tuples(st.integers(0, 3), st.integers(0, 3))

    def drawn(sizes: tuple[tuple[int, int], tuple[int, int]]) -> Call:
        (rows, columns), (below, beside) = sizes
        image = block(rows + below, columns + beside, integers=integers)
        return st.tuples(image, block(rows, columns, size=2))

    return st.tuples(kernels, margins).flatmap(drawn)


def pooled(*, high: int = 5, integers: bool = False) -> Call:
    """Images of all forms with the size and stride of a window that fits; no entry is above `high`."""
    forms = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4), st.integers(0, 4))

    def drawn(form: tuple[int, int, int, int]) -> Call:
        size, stride, below, beside = form
        count = (size + below) * (size + beside)
        image = vectors(min_size=count, max_size=count, low=-5, high=high, integers=integers)
        shaped = image.map(lambda items: items.reshape(size + below, size + beside))
        return st.tuples(shaped, st.just(size), st.just(stride))

    return forms.flatmap(drawn)


def maps() -> SearchStrategy[Numbers]:
    """Stacks of feature maps (height, width, channels)."""
    return st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)).flatmap(lambda shape: block(*shape))


def cut(*, kernel: bool = False) -> Call:
    """A series, a window size that fits (or a kernel of that size), and a step."""
    forms = st.tuples(st.integers(1, 4), st.integers(0, 6), st.integers(1, 3))

    def drawn(form: tuple[int, int, int]) -> Call:
        size, more, step = form
        return st.tuples(block(size + more), block(size, size=2) if kernel else st.just(size), st.just(step))

    return forms.flatmap(drawn)


def whole(value: Any, *_: Any) -> Any:
    """4.0 as 4: a size that was computed with floor or division is right if it is whole."""
    return int(value) if np.ndim(value) == 0 and float(value).is_integer() else value


IMAGE = np.array([[1, 2, 1, 0], [0, 1, 2, 1], [1, 2, 2, 2], [2, 2, 1, 0]])
KERNEL = np.array([[1.0, 0.0], [0.0, -1.0]])
WIDE = np.array([[3.0, -1.0, 0.5, 2.0, 4.0], [1.0, 0.0, -2.0, 5.0, -3.0], [2.0, 6.0, 1.5, -4.0, 0.0]])
SERIES = np.array([2.0, 4.0, 3.0, 7.0, 5.0, 1.0, 6.0])


OUTPUT_SIZE = FunctionExercise(
    id="output_size",
    title="The size of the output",
    target="output_size",
    markers=("output_size",),
    checks=(
        FunctionCheck(
            id="example",
            title="Four small examples",
            points=4,
            inputs=examples((4, 2, 0, 1), (5, 3, 1, 2), (28, 5, 2, 1), (9, 3, 0, 3)),
            rule=Agrees(reading=whole),
            passed="Right for four small examples.",
            failed="One of four small examples does not come out right.",
            hint="Draw a row of n boxes, padding on both sides, and move a window of f boxes along it.",
        ),
        FunctionCheck(
            id="remainder",
            title="Strides that do not come out even",
            points=3,
            inputs=examples((6, 3, 0, 2), (7, 2, 0, 3), (10, 3, 1, 4)),
            rule=Agrees(reading=whole),
            passed="A last step that would leave the image is not made.",
            failed="When the stride does not come out even, the answer is not right.",
            hint="A window that would stick out at the end is left away. The answer is a whole number.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any sizes",
            points=3,
            inputs=Drawn(settings(), count=30),
            rule=Agrees(reading=whole),
            passed="Right for all sizes, paddings and strides that were tried.",
            failed="There are sizes for which the answer is not right.",
            hint="Where can the window begin? Count the places.",
        ),
    ),
)


CONV2D = FunctionExercise(
    id="conv2d",
    title="Convolution of an image",
    target="conv2d",
    markers=("conv2d",),
    depends_on=("output_size",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and two more",
            points=8,
            inputs=examples(
                (IMAGE, KERNEL),
                (WIDE, np.array([[1.0, -2.0]])),
                (WIDE, np.array([[0.5, 1.0, 0.0], [-1.0, 2.0, 0.25]])),
            ),
            passed="Right for three small images.",
            failed="One of three small images does not come out right.",
            hint="Lay the kernel over the upper left corner, multiply what lies on each other, and add up.",
        ),
        FunctionCheck(
            id="drawn",
            title="Images and kernels of any form",
            points=11,
            inputs=Drawn(filtered(), count=30),
            passed="Right for all images and kernels that were tried, square or not.",
            failed="There are an image and a kernel for which the answer is not right.",
            hint="Images and kernels need not be square. How many rows has the answer, and how many columns?",
        ),
        FunctionCheck(
            id="integers",
            title="An image of whole numbers",
            points=4,
            inputs=examples(
                (IMAGE, np.array([[0.5]])),
                (IMAGE, np.array([[0.25, 0.5], [-0.5, 0.125]])),
            ),
            passed="Fractions of the kernel survive in an image of whole numbers.",
            failed="For an image of whole numbers and a kernel of fractions the answer is not right.",
            hint="An array made to look like a whole-number array can hold only whole numbers.",
        ),
        FunctionCheck(
            id="unchanged",
            title="Image and kernel are left as they were",
            points=2,
            inputs=Drawn(filtered(), count=8),
            rule=LeavesArguments(),
            needs=("drawn",),
            passed="Both arguments are the same after the call as before.",
            failed="After the call, an array that was passed in has other numbers in it.",
            hint="The next kernel needs the same image. Put the answer into an array of its own.",
        ),
    ),
)


def pooling(name: str, title: str, points: tuple[int, int], hint: str, *more: FunctionCheck) -> FunctionExercise:
    """What both kinds of pooling have in common, and `more` checks of their own."""
    return FunctionExercise(
        id=name,
        title=title,
        target=name,
        markers=(name,),
        depends_on=("output_size",),
        checks=(
            FunctionCheck(
                id="example",
                title="Three small images",
                points=points[0],
                inputs=examples((IMAGE.astype(float), 2, 2), (WIDE, 2, 1), (WIDE, 3, 2)),
                passed="Right for three small images.",
                failed="One of three small images does not come out right.",
                hint=hint,
            ),
            FunctionCheck(
                id="drawn",
                title="Images, windows and strides of any size",
                points=points[1],
                inputs=Drawn(pooled(), count=40),
                passed="Right for all images, windows and strides that were tried.",
                failed="There are an image, a window and a stride for which the answer is not right.",
                hint="Where does the second window begin, in each direction? What is its size?",
            ),
            *more,
        ),
    )


MAX_POOL = pooling(
    "max_pool",
    "Max pooling",
    (6, 9),
    "Each window leaves one number behind: its largest.",
    FunctionCheck(
        id="negative",
        title="Images below zero",
        points=3,
        inputs=Drawn(pooled(high=-1), count=12),
        passed="Right for images in which every number is negative.",
        failed="For an image in which every number is negative the answer is not right.",
        hint="The largest of -3 and -1 is -1. With which number does your search begin?",
    ),
)

AVERAGE_POOL = pooling(
    "average_pool",
    "Average pooling",
    (5, 7),
    "Each window leaves one number behind: its mean.",
    FunctionCheck(
        id="integers",
        title="An image of whole numbers",
        points=3,
        inputs=Drawn(pooled(integers=True), count=15),
        passed="Means of whole numbers keep their fractions.",
        failed="For an image of whole numbers the answer is not right.",
        hint="The mean of 1 and 2 is no whole number. Can the array you fill hold it?",
    ),
)


def tables(*stacks: Numbers) -> Examples:
    """A call for each of these stacks of feature maps."""
    return examples(*((stack,) for stack in stacks))


GLOBAL_AVERAGE_POOL = FunctionExercise(
    id="global_average_pool",
    title="Global average pooling",
    target="global_average_pool",
    markers=("global_average_pool",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two stacks of feature maps",
            points=5,
            inputs=tables(
                np.array([[[1.0, 0.0], [3.0, 2.0]], [[5.0, -4.0], [7.0, 6.0]]]),
                np.array([[[1.0, 2.0, 0.5], [0.0, -1.0, 2.0]]]),
            ),
            passed="Right for two small stacks.",
            failed="One of two small stacks does not come out right.",
            hint="Each channel becomes one number: the mean of its whole map.",
        ),
        FunctionCheck(
            id="drawn",
            title="Stacks of any size",
            points=5,
            inputs=Drawn(st.tuples(maps()), count=25),
            passed="Right for all stacks that were tried.",
            failed="There is a stack of feature maps for which the answer is not right.",
            hint="Height and width disappear, channels stay. Which axes are these?",
        ),
    ),
)


WINDOWS = FunctionExercise(
    id="windows",
    title="Windows over a time series",
    target="windows",
    markers=("windows",),
    depends_on=("output_size",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own series, cut in three ways",
            points=5,
            inputs=examples((SERIES, 3, 2), (SERIES, 4, 1), (SERIES, 2, 3)),
            passed="Right for three ways of cutting a series.",
            failed="One of three ways of cutting a series does not come out right.",
            hint="Write down the windows by hand: where does each begin, and which numbers are in it?",
        ),
        FunctionCheck(
            id="drawn",
            title="Series of any length",
            points=7,
            inputs=Drawn(cut(), count=30),
            passed="Right for all series, windows and steps that were tried.",
            failed="There are a series, a window and a step for which the answer is not right.",
            hint="Look at the last window: is it complete, and would another one have fit?",
        ),
    ),
)


CONV1D = FunctionExercise(
    id="conv1d",
    title="Convolution of a time series",
    target="conv1d",
    markers=("conv1d",),
    depends_on=("output_size", "windows"),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own series with three kernels",
            points=4,
            inputs=examples(
                (SERIES, np.array([1.0, 0.0, -1.0]), 2),
                (SERIES, np.array([0.5, 0.5]), 1),
                (SERIES, np.array([1.0, 2.0, -1.0, 0.5]), 3),
            ),
            passed="Right for three kernels.",
            failed="One of three kernels does not come out right.",
            hint="Each window gives one number: multiply it by the kernel, entry by entry, and add up.",
        ),
        FunctionCheck(
            id="drawn",
            title="Series and kernels of any length",
            points=6,
            inputs=Drawn(cut(kernel=True), count=30),
            passed="Right for all series, kernels and steps that were tried.",
            failed="There are a series, a kernel and a step for which the answer is not right.",
            hint="Compare the first number first, then the second. Which window does it belong to?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="convolutions",
    title="Convolutions: small windows over images and series",
    version="1",
    seed=47,
    exercises=(OUTPUT_SIZE, CONV2D, MAX_POOL, AVERAGE_POOL, GLOBAL_AVERAGE_POOL, WINDOWS, CONV1D),
)
