"""The convolutions lab: sizes, two-dimensional convolution, three ways of pooling, windows over a time series.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/convolutions/`.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


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
        return st.tuples(image, block(rows, columns, most=2))

    return st.tuples(kernels, margins).flatmap(drawn)


def pooled(*, high: int = 5, integers: bool = False) -> Call:
    """Images of all forms with the size and stride of a window that fits; no entry is above `high`."""
    forms = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4), st.integers(0, 4))

    def drawn(form: tuple[int, int, int, int]) -> Call:
        size, stride, below, beside = form
        image = block(size + below, size + beside, least=-5, most=high, integers=integers)
        return st.tuples(image, st.just(size), st.just(stride))

    return forms.flatmap(drawn)


def maps() -> SearchStrategy[Numbers]:
    """Stacks of feature maps (height, width, channels)."""
    return st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)).flatmap(lambda shape: block(*shape))


def cut(*, kernel: bool = False) -> Call:
    """A series, a window size that fits (or a kernel of that size), and a step."""
    forms = st.tuples(st.integers(1, 4), st.integers(0, 6), st.integers(1, 3))

    def drawn(form: tuple[int, int, int]) -> Call:
        size, more, step = form
        return st.tuples(block(size + more), block(size, most=2) if kernel else st.just(size), st.just(step))

    return forms.flatmap(drawn)


def as_whole(value: Any, *_: Any) -> Any:
    """4.0 as 4: a size that was computed with floor or division is right if it is whole."""
    return int(value) if np.ndim(value) == 0 and float(value).is_integer() else value


IMAGE = np.array([[1, 2, 1, 0], [0, 1, 2, 1], [1, 2, 2, 2], [2, 2, 1, 0]])
KERNEL = np.array([[1.0, 0.0], [0.0, -1.0]])
WIDE = np.array([[3.0, -1.0, 0.5, 2.0, 4.0], [1.0, 0.0, -2.0, 5.0, -3.0], [2.0, 6.0, 1.5, -4.0, 0.0]])
SERIES = np.array([2.0, 4.0, 3.0, 7.0, 5.0, 1.0, 6.0])


def pooling(name: str, title: str, points: tuple[int, int], hint: str, *more: Draft) -> Exercise:
    """What both kinds of pooling have in common, and `more` checks of their own."""
    return function(name, title, depends_on=("output_size",)).checks(
        check("example", "Three small images", points[0])
        .examples((IMAGE.astype(float), 2, 2), (WIDE, 2, 1), (WIDE, 3, 2))
        .says("Right for three small images.", "One of three small images does not come out right.", hint),
        check("drawn", "Images, windows and strides of any size", points[1], Drawn(pooled(), 40)).says(
            "Right for all images, windows and strides that were tried.",
            "There are an image, a window and a stride for which the answer is not right.",
            "Where does the second window begin, in each direction? What is its size?",
        ),
        *more,
    )


def tables(*stacks: Numbers) -> Examples:
    """A call for each of these stacks of feature maps."""
    return examples(*((stack,) for stack in stacks))


ASSIGNMENT = lab(
    "convolutions",
    "Convolutions: small windows over images and series",
    function("output_size", "The size of the output", rule=Agrees(reading=as_whole)).checks(
        check("example", "Four small examples", 4)
        .examples((4, 2, 0, 1), (5, 3, 1, 2), (28, 5, 2, 1), (9, 3, 0, 3))
        .says(
            "Right for four small examples.",
            "One of four small examples does not come out right.",
            "Draw a row of n boxes, padding on both sides, and move a window of f boxes along it.",
        ),
        check("remainder", "Strides that do not come out even", 3)
        .examples((6, 3, 0, 2), (7, 2, 0, 3), (10, 3, 1, 4))
        .says(
            "A last step that would leave the image is not made.",
            "When the stride does not come out even, the answer is not right.",
            "A window that would stick out at the end is left away. The answer is a whole number.",
        ),
        check("drawn", "Any sizes", 3, Drawn(settings(), 30)).says(
            "Right for all sizes, paddings and strides that were tried.",
            "There are sizes for which the answer is not right.",
            "Where can the window begin? Count the places.",
        ),
    ),
    function("conv2d", "Convolution of an image", depends_on=("output_size",)).checks(
        check("example", "The lab's own example, and two more", 8)
        .examples(
            (IMAGE, KERNEL), (WIDE, np.array([[1.0, -2.0]])), (WIDE, np.array([[0.5, 1.0, 0.0], [-1.0, 2.0, 0.25]]))
        )
        .says(
            "Right for three small images.",
            "One of three small images does not come out right.",
            "Lay the kernel over the upper left corner, multiply what lies on each other, and add up.",
        ),
        check("drawn", "Images and kernels of any form", 11, Drawn(filtered(), 30)).says(
            "Right for all images and kernels that were tried, square or not.",
            "There are an image and a kernel for which the answer is not right.",
            "Images and kernels need not be square. How many rows has the answer, and how many columns?",
        ),
        check("integers", "An image of whole numbers", 4)
        .examples((IMAGE, np.array([[0.5]])), (IMAGE, np.array([[0.25, 0.5], [-0.5, 0.125]])))
        .says(
            "Fractions of the kernel survive in an image of whole numbers.",
            "For an image of whole numbers and a kernel of fractions the answer is not right.",
            "An array made to look like a whole-number array can hold only whole numbers.",
        ),
        check("unchanged", "Image and kernel are left as they were", 2, needs="drawn")
        .asks(Drawn(filtered(), 8), LeavesArguments())
        .says(
            "Both arguments are the same after the call as before.",
            "After the call, an array that was passed in has other numbers in it.",
            "The next kernel needs the same image. Put the answer into an array of its own.",
        ),
    ),
    pooling(
        "max_pool",
        "Max pooling",
        (6, 9),
        "Each window leaves one number behind: its largest.",
        check("negative", "Images below zero", 3, Drawn(pooled(high=-1), 12)).says(
            "Right for images in which every number is negative.",
            "For an image in which every number is negative the answer is not right.",
            "The largest of -3 and -1 is -1. With which number does your search begin?",
        ),
    ),
    pooling(
        "average_pool",
        "Average pooling",
        (5, 7),
        "Each window leaves one number behind: its mean.",
        check("integers", "An image of whole numbers", 3, Drawn(pooled(integers=True), 15)).says(
            "Means of whole numbers keep their fractions.",
            "For an image of whole numbers the answer is not right.",
            "The mean of 1 and 2 is no whole number. Can the array you fill hold it?",
        ),
    ),
    function("global_average_pool", "Global average pooling").checks(
        check("example", "Two stacks of feature maps", 5)
        .asks(
            tables(
                np.array([[[1.0, 0.0], [3.0, 2.0]], [[5.0, -4.0], [7.0, 6.0]]]),
                np.array([[[1.0, 2.0, 0.5], [0.0, -1.0, 2.0]]]),
            )
        )
        .says(
            "Right for two small stacks.",
            "One of two small stacks does not come out right.",
            "Each channel becomes one number: the mean of its whole map.",
        ),
        check("drawn", "Stacks of any size", 5, Drawn(st.tuples(maps()), 25)).says(
            "Right for all stacks that were tried.",
            "There is a stack of feature maps for which the answer is not right.",
            "Height and width disappear, channels stay. Which axes are these?",
        ),
    ),
    function("windows", "Windows over a time series", depends_on=("output_size",)).checks(
        check("example", "The lab's own series, cut in three ways", 5)
        .examples((SERIES, 3, 2), (SERIES, 4, 1), (SERIES, 2, 3))
        .says(
            "Right for three ways of cutting a series.",
            "One of three ways of cutting a series does not come out right.",
            "Write down the windows by hand: where does each begin, and which numbers are in it?",
        ),
        check("drawn", "Series of any length", 7, Drawn(cut(), 30)).says(
            "Right for all series, windows and steps that were tried.",
            "There are a series, a window and a step for which the answer is not right.",
            "Look at the last window: is it complete, and would another one have fit?",
        ),
    ),
    function("conv1d", "Convolution of a time series", depends_on=("output_size", "windows")).checks(
        check("example", "The lab's own series with three kernels", 4)
        .examples(
            (SERIES, np.array([1.0, 0.0, -1.0]), 2),
            (SERIES, np.array([0.5, 0.5]), 1),
            (SERIES, np.array([1.0, 2.0, -1.0, 0.5]), 3),
        )
        .says(
            "Right for three kernels.",
            "One of three kernels does not come out right.",
            "Each window gives one number: multiply it by the kernel, entry by entry, and add up.",
        ),
        check("drawn", "Series and kernels of any length", 6, Drawn(cut(kernel=True), 30)).says(
            "Right for all series, kernels and steps that were tried.",
            "There are a series, a kernel and a step for which the answer is not right.",
            "Compare the first number first, then the second. Which window does it belong to?",
        ),
    ),
    seed=47,
)
