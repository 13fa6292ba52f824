"""The augmentation lab: more pictures out of few, and training that ends in time.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/augmentation/`. Drawn
pictures have no two pixels alike, so that every other order of them shows. Random variants may be drawn in any way:
they are held to what holds of all of them.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def pixels(*shape: int) -> SearchStrategy[Numbers]:
    """Pictures of this shape, 8 bits, no two pixels alike."""
    order = st.permutations(range(int(np.prod(shape))))
    return order.map(lambda drawn: (np.array(drawn, dtype=np.uint8) * 3 + 1).reshape(shape))


def pictures(*, colours: bool) -> Call:
    """A picture that is wider than it is high, or the other way round."""
    sizes = unlike_pair(2, 5)
    return sizes.flatmap(lambda size: st.tuples(pixels(*size, 3) if colours else pixels(*size)))


def batches() -> Call:
    """A batch (N, H, W, C) whose four sizes differ."""
    return st.permutations((1, 2, 3, 4)).flatmap(lambda size: st.tuples(pixels(*size)))


def turned() -> Call:
    """A picture and a number of quarters, negative ones as well."""
    return st.tuples(pictures(colours=False), st.integers(-3, 5)).map(lambda drawn: (*drawn[0], drawn[1]))


def moved(most: int) -> Call:
    """A picture, how far it moves down and right, and what is filled in."""
    far = st.integers(-most, most)
    return st.tuples(pictures(colours=False), far, far, st.sampled_from((0, 7, 255))).map(
        lambda drawn: (*drawn[0], *drawn[1:])
    )


def lit(low: int, high: int) -> Call:
    """A picture of all kinds of pixels, and a factor from low to high quarters."""
    values = st.lists(st.integers(0, 255), min_size=6, max_size=6)
    pictures = values.map(lambda drawn: np.array(drawn, dtype=np.uint8).reshape(2, 3))
    return st.tuples(pictures, st.integers(low, high).map(lambda quarters: quarters / 4))


def one_variant() -> Call:
    """A batch of pictures, their labels, how many variants, and a seed."""
    batch = st.tuples(st.integers(2, 5), unlike_pair(2, 4)).flatmap(
        lambda size: st.tuples(pixels(size[0], *size[1]), st.permutations(range(size[0])).map(np.array))
    )
    return st.tuples(batch, st.integers(30, 40), st.integers(0, 1000)).map(lambda drawn: (*drawn[0], *drawn[1:]))


def are_variants(answer: Any, images: Numbers, labels: Numbers, k: int, *_: Any) -> bool:
    """k pictures of the batch's kind, each as it was or mirrored, each beside its own label."""
    variants, beside = (np.asarray(part) for part in answer)
    known = {int(label): image for image, label in zip(images, labels, strict=True)}
    return (
        variants.shape == (k, *images.shape[1:])
        and beside.shape == (k,)
        and all(
            int(label) in known and any(np.array_equal(variant, known[int(label)][:, ::way]) for way in (1, -1))
            for variant, label in zip(variants, beside, strict=True)
        )
    )


def keeps_kind(answer: Any, images: Numbers, *_: Any) -> bool:
    """Pixels are of the type that they were of."""
    return bool(np.asarray(answer[0]).dtype == images.dtype)


def both_ways(answer: Any, images: Numbers, labels: Numbers, k: int, *_: Any) -> bool:
    """Among so many variants some are mirrored, some are not, and several pictures are there."""
    variants, beside = (np.asarray(part) for part in answer)
    place = {int(label): number for number, label in enumerate(labels)}
    plain = [
        np.array_equal(variant, images[place[int(label)]]) for variant, label in zip(variants, beside, strict=True)
    ]
    return 0 < sum(plain) < k and len(set(beside.tolist())) > 1


def trainings() -> Call:
    """Losses of epochs with ties among them, and a patience."""
    losses = st.lists(st.integers(1, 8).map(lambda n: n / 4), min_size=1, max_size=9)
    return st.tuples(losses, st.integers(1, 4))


GRID = np.arange(6, dtype=np.uint8).reshape(2, 3)
COLOURS = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)


def flip(name: str, title: str, hint: str) -> Exercise:
    """What both flips have in common."""
    return function(name, title, points=10).checks(
        check("example", "Small pictures, grey and coloured", 3)
        .examples((GRID,), (COLOURS,), (np.array([[1.5, 2.0], [0.0, 4.0]]),))
        .says(hint=hint),
        check("grey", "Grey pictures of any size", 3, Drawn(pictures(colours=False), 12)).says(
            hint="Which axis of the array goes down, and which goes right?"
        ),
        check("coloured", "Coloured pictures of any size", 4, Drawn(pictures(colours=True), 12)).says(
            hint="The last axis holds the colours of a pixel. Are they still in order?"
        ),
    )


ASSIGNMENT = lab(
    "augmentation",
    "More pictures out of few",
    flip("flip_left_right", "Left and right", "In a mirror the first column is the last."),
    flip("flip_up_down", "Up and down", "Upside down, the first row is the last."),
    function("flip_batch", "A batch of mirror images", points=10, depends_on=("flip_left_right",)).checks(
        check("example", "Two small batches", 4)
        .examples((np.stack([COLOURS, COLOURS + 20]),), (COLOURS[None],))
        .says(hint="The first axis counts the pictures now. Which one goes right?"),
        check("drawn", "Batches of any size", 6, Drawn(batches(), 15)).says(
            hint="Is every picture still in its place, and has every pixel its own colours?"
        ),
    ),
    function("quarter_turns", "Quarter turns", points=10).checks(
        check("example", "One, two and three quarters", 4)
        .examples((GRID, 1), (GRID, 2), (GRID, 3))
        .says(hint="After one quarter against the clock, the last column is the first row."),
        check("drawn", "Any number of quarters", 6, Drawn(turned(), 20)).says(
            hint="Four quarters change nothing, and minus one is the other direction."
        ),
    ),
    function("shift", "Moved by whole pixels", points=20).checks(
        check("example", "Down, right, and both", 6)
        .examples((GRID, 1, 0, 9), (GRID, 0, 1, 0), (GRID, -1, -2, 5))
        .says(hint="Where does the pixel of the upper left corner go? What stands there afterwards?"),
        check("drawn", "Any distance within the picture", 8, Drawn(moved(2), 25)).says(
            hint="What leaves the picture is gone, and what comes in is filled."
        ),
        check("far", "Out of the picture", 4, Drawn(moved(7), 25), needs="drawn").says(
            hint="A picture that moves further than it is wide leaves nothing but what is filled in."
        ),
        check(
            "unchanged", "The picture is left as it was", 2, Drawn(moved(2), 6), LeavesArguments(), needs="drawn"
        ).says(hint="The picture is needed for further variants. Fill a new array."),
    ),
    function("brightness", "Brighter and darker", points=15).checks(
        check("example", "Three factors", 4)
        .examples(
            (np.array([[10, 100]], dtype=np.uint8), 0.5),
            (np.array([[10, 100]], dtype=np.uint8), 2.0),
            (np.array([[0, 200]], dtype=np.uint8), 1.25),
        )
        .says(hint="Every pixel is multiplied. 100 at half the brightness is 50."),
        check("darker", "Darker pictures", 4, Drawn(lit(0, 3), 15)).says(
            hint="What comes after the point is cut off: 12.75 is 12."
        ),
        check("brighter", "Brighter pictures", 7, Drawn(lit(5, 12), 15)).says(
            hint="No pixel is brighter than 255. What becomes of 300 in 8 bits?"
        ),
    ),
    function("random_variants", "A batch of random variants", points=15, depends_on=("flip_left_right",)).checks(
        check("variants", "Every variant keeps its label", 8)
        .asks(Drawn(one_variant(), 10), HoldsOfAll(are_variants))
        .says(
            "Every variant is a picture of the batch, as it was or mirrored, beside its own label.",
            "A variant is no picture of the batch, or stands beside the label of another.",
            "Draw places, and take pictures and labels at the same places. Are there k of them?",
        ),
        check("kind", "Pixels keep their type", 3, needs="variants")
        .asks(Drawn(one_variant(), 4), HoldsOfAll(keeps_kind))
        .says(
            "The pixels are of the type that they were of.",
            "The pixels are of another type than before.",
            "An array that you fill has a type of its own. Which one has `images`?",
        ),
        check("random", "Some are mirrored, some are not", 4, needs="variants")
        .asks(Drawn(one_variant(), 8), HoldsOfAll(both_ways))
        .says(
            "Several pictures are among the variants, mirrored and not.",
            "All variants are of one kind.",
            "A coin is tossed for each variant, not one for all.",
        ),
    ),
    function("early_stopping", "Ending in time", points=10).checks(
        check("example", "Three trainings", 4)
        .examples(([1.0, 0.5, 0.6, 0.7, 0.4], 2), ([1.0, 0.75, 0.5], 1), ([0.5, 0.25, 0.5, 0.125, 0.5, 0.5, 0.5], 3))
        .says(hint="Go from epoch to epoch: what is the best so far, and how long ago was it?"),
        check("drawn", "Any losses, any patience", 6, Drawn(trainings(), 30)).says(
            hint="Being as good as the best is no improvement. What if the patience never runs out?"
        ),
    ),
    seed=1414213562,
)
