"""Tensors that learn: PyTorch from a tensor to a network that reads digits, with the slopes that torch works out.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/torch_digits/`. Digits in
`held/` are for the judge alone: students do not get them, and no room sees their labels.
"""

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

HELD = Path(__file__).parent / "held"

#: torch computes in single precision
SINGLE = Tolerance(relative=1e-4, absolute=1e-5)


def held_digits(seed: int) -> TrainingData:
    """200 pictures (200, 64) with pixels from 0 to 1, 20 of each digit, and their digits (200,)."""
    del seed
    pictures = np.load(HELD / "pictures.npy") / 16.0
    return TrainingData(held=(pictures, np.load(HELD / "labels.npy").astype(np.int64)))


MEASURED = TrainedModel(data=held_digits, loss="sparse_crossentropy_from_logits")


def tables() -> SearchStrategy[Numbers]:
    """Examples (m, n), from two on, of which no two entries are the same: every column has a spread."""
    sizes = st.tuples(st.integers(2, 5), st.integers(1, 4)).filter(lambda shape: shape[0] != shape[1])
    return sizes.flatmap(lambda shape: one_of_each(*shape)).map(lambda table: table / 2)


def lines() -> Call:
    """A slope, an offset, and m points."""
    number = st.integers(-6, 6).map(lambda n: tensor(n / 2))
    points = st.integers(2, 5).flatmap(lambda m: st.tuples(block(m).map(tensor), block(m).map(tensor)))
    return st.tuples(number, number, points).map(lambda drawn: (drawn[0], drawn[1], *drawn[2]))


def answers() -> Call:
    """Outputs (m, n) of which no two are the same, and right classes (m,)."""

    def drawn(shape: tuple[int, ...]) -> Call:
        labels = st.lists(st.integers(0, shape[1] - 1), min_size=shape[0], max_size=shape[0])
        outputs = one_of_each(*shape).map(lambda table: tensor(table / 2))
        return st.tuples(outputs, labels.map(lambda given: tensor(np.array(given))))

    return st.tuples(st.integers(2, 6), st.integers(2, 5)).filter(lambda shape: shape[0] != shape[1]).flatmap(drawn)


POINTS = tensor([1.0, 2.0, 3.0]), tensor([2.0, 3.0, 7.0])

ASSIGNMENT = lab(
    "torch_digits",
    "Tensors that learn: PyTorch reads digits",
    function("standardize", "Columns of a common scale", rule=Agrees(tolerance=SINGLE)).checks(
        check("example", "Two small tables", 8)
        .examples((tensor([[1.0, 2.0], [3.0, 6.0]]),), (tensor([[0.0], [1.0], [5.0]]),))
        .says(hint="Take the first column: its mean, its spread, and what becomes of each entry."),
        check("drawn", "Tables of any size", 12, Drawn(st.tuples(tables().map(tensor)), 25)).says(
            hint="Each column has a mean and a spread of its own. By how many examples is the spread divided?"
        ),
    ),
    function("slopes", "What torch works out", rule=Agrees(parts=("dw", "db"), tolerance=SINGLE)).checks(
        check("example", "Three small examples", 10)
        .examples(
            (tensor(0.0), tensor(0.0), *POINTS),
            (tensor(2.0), tensor(-1.0), *POINTS),
            (tensor(-0.5), tensor(1.5), tensor([4.0, -2.0]), tensor([1.0, 0.5])),
        )
        .says(hint="Write the loss as a number that depends on w and b. What does `backward()` leave, and where?"),
        check("drawn", "Any points", 15, Drawn(lines(), 25)).says(
            hint="Work the slopes out by hand for these points: 2 / m times the sum of errors, or of errors times x."
        ),
    ),
    model(
        "model",
        "A network that has learned",
        features=64,
        layers=(
            AnyLayer(kind="Linear", units=32, parameters=2080),
            AnyLayer(kind="ReLU"),
            AnyLayer(kind="Linear", units=10, parameters=330),
        ),
        limits=RoomLimits(cpu_seconds=20),
    ).checks(
        check("computes", "The network turns 64 pixels into ten outputs", 3)
        .asks(Aspect("computes", {"refused": "A picture is a row of 64 pixels: the first layer takes 64 numbers."}))
        .says(hint="`model` has to be an `nn.Sequential` with its layers inside, ready to be called."),
        check("layers", "Linear, ReLU, Linear", 5, Aspect("layers"), needs="computes").says(
            hint="Compare your layers with the rows of the table, one by one."
        ),
        check("units", "32 and 10 outputs", 4, Aspect("units"), needs="layers").says(
            hint="The second argument of Linear says how many numbers come out."
        ),
        check("parameters", "2,410 parameters", 4, Aspect("parameters"), needs="computes").says(
            hint="Inputs times outputs, plus one bias for each output, layer by layer: 2,080 + 330."
        ),
        check("trainable", "Every parameter can learn", 2, Aspect("trainable"), needs="layers").says(
            hint="A parameter without `requires_grad` keeps what it began with."
        ),
        check("learns", "It has learned something", 6, MEASURED, Goal("learns", 0.6), needs="computes").says(
            "Its loss on new digits is far below that of the best constant answer.",
            "With softmax inside the loss, it does hardly better on new digits than one answer for all.",
            "Does your loop take steps? The loss does softmax itself, so the last layer does none.",
        ),
        check("loss", "A loss of 0.5 or less on new digits", 6, MEASURED, Goal("loss", 0.5), needs="learns").says(
            "The loss on 200 digits it has not seen is 0.5 or less.",
            "The loss on 200 digits it has not seen is above 0.5.",
            "It learns, but not enough. Does the loss still fall in the last steps?",
        ),
        check("accuracy", "85 % of new digits", 10, MEASURED, Goal("accuracy", 0.85), needs="computes").says(
            "At least 85 % of 200 digits it has not seen are read right.",
            "Less than 85 % of 200 digits it has not seen are read right.",
            "Take more steps, and make sure that it sees all ten digits.",
        ),
    ),
    function("share_right", "How many are right", rule=Agrees(scalar=True, tolerance=SINGLE)).checks(
        check("example", "Two small examples", 6)
        .examples(
            (tensor([[0.5, 2.0], [1.0, -1.0], [3.0, 0.0]]), tensor(np.array([1, 1, 0]))),
            (tensor([[0.0, 1.0, 2.0]]), tensor(np.array([2]))),
        )
        .says(hint="Which output of each row is the largest, and at how many of the rows is it the right one?"),
        check("drawn", "Any outputs", 9, Drawn(answers(), 25)).says(
            hint="Go through this example row by row. The answer is a share between 0 and 1."
        ),
    ),
    runtime="torch",
    seed=1202056903,
)
