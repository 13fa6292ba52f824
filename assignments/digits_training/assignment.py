"""The digits, trained: a network that has to read digits it has not seen, and what is done with its outputs.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/digits_training/`. The
digits in `held/` are for the judge alone: students do not get them, and no room sees their labels.
"""

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

HELD = Path(__file__).parent / "held"

#: 40 epochs take about four seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=40)

#: TensorFlow's own softmax computes in single precision
SINGLE = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-5))


def held_digits(seed: int) -> TrainingData:
    """200 pictures (200, 400) with pixels from 0 to 1, 20 of each digit, and their digits (200,)."""
    del seed
    return TrainingData(held=(np.load(HELD / "pictures.npy") / 255.0, np.load(HELD / "labels.npy").astype(np.int64)))


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return unlike_pair().flatmap(lambda shape: one_of_each(*shape))


def logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) with entries in [-5, 5]."""
    return unlike_pair().flatmap(lambda shape: block(*shape))


def _digits(count: int) -> SearchStrategy[Numbers]:
    return st.lists(st.integers(0, 3), min_size=count, max_size=count).map(np.array)


def answers(*, column: bool) -> Call:
    """Predicted digits (m,) and right ones, (m,) or, as a column, (m, 1)."""
    return st.integers(2, 7).flatmap(
        lambda m: st.tuples(_digits(m), _digits(m).map(lambda y: y.reshape(-1, 1) if column else y))
    )


def keeps_the_largest(probabilities: Numbers, outputs: Numbers) -> bool:
    """Whether each row has its largest entry where it was before."""
    return bool(np.array_equal(probabilities.argmax(axis=1), outputs.argmax(axis=1)))


ASSIGNMENT = lab(
    "digits_training",
    "Handwritten digits: a network that has learned to read",
    trained(
        "model",
        "A network that reads digits",
        markers=("model", "Sequential model"),
        data=held_digits,
        loss="sparse_crossentropy_from_logits",
        limits=ENOUGH,
    ).checks(
        check("computes", "Ten outputs for each picture", 4, Goal("computes")).says(
            "The model takes pictures of 400 pixels and gives ten outputs for each.",
            "The model does not give ten outputs for a picture of 400 pixels.",
            "One output for each digit, and 400 numbers come in for each picture.",
        ),
        check("learns", "It has learned something", 12, Goal("learns", 0.6), needs="computes").says(
            "Its loss on new digits is far below that of the best constant answer.",
            "With softmax inside the loss, it does hardly better on new digits than one answer for all.",
            "Is the model compiled and fitted? The last layer is linear, and the loss has to be told.",
        ),
        check("loss", "A loss of 0.4 or less on new digits", 10, Goal("loss", 0.4), needs="learns").says(
            "The loss on 200 digits it has not seen is 0.4 or less.",
            "The loss on 200 digits it has not seen is above 0.4.",
            "It learns, but not enough. Does the loss that fit prints still fall in the last epoch?",
        ),
        check("accuracy", "90 % of new digits", 18, Goal("accuracy", 0.9), needs="computes").says(
            "At least 90 % of 200 digits it has not seen are read right.",
            "Less than 90 % of 200 digits it has not seen are read right.",
            "Give it more epochs, and make sure that it sees all ten digits.",
        ),
    ),
    function("to_probabilities", "From outputs to probabilities", rule=SINGLE).checks(
        check("example", "Two small examples", 5)
        .examples((np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]),), (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]),))
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "Each row is a picture of its own, and its probabilities sum to 1.",
        ),
        check("drawn", "Any numbers of pictures and classes", 9, calls(logits(), count=25)).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the probabilities are not right.",
            "Along which axis does the sum run, and does each row get divided by its own?",
        ),
        check("largest", "The largest stays the largest", 4, needs="example")
        .asks(calls(distinct_logits(), count=10), Holds(keeps_the_largest))
        .says(
            "The largest output of each row has the largest probability.",
            "There is a row in which the largest output does not have the largest probability.",
            "Softmax keeps the order of a row. Is anything mixed between rows?",
        ),
    ),
    function("predict_digits", "From outputs to digits").checks(
        check("example", "Two small examples", 6)
        .examples(
            (np.array([[0.0, 3.0, 2.0], [1.0, -1.0, 0.5]]),), (np.array([[-3.0, -2.0], [0.5, -0.5], [1.0, 3.0]]),)
        )
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "One whole number for each row: the place of its largest output, counted from 0.",
        ),
        check(
            "drawn",
            "Any numbers of pictures and classes",
            8,
            calls(distinct_logits(), count=25),
        ).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the digits are not right.",
            "How many digits should come out for this table: one for each row, or one for each column?",
        ),
        check("probabilities", "Probabilities in place of outputs", 4, needs="example")
        .examples(
            (np.array([[0.25, 0.5, 0.25], [0.375, 0.3125, 0.3125]]),),
            (np.array([[0.125, 0.25, 0.1875, 0.4375], [0.75, 0.125, 0.0625, 0.0625], [0.25, 0.375, 0.125, 0.25]]),),
        )
        .says(
            "Right for probabilities too: softmax does not change which entry is the largest.",
            "For rows of probabilities the digits are not right.",
            "Does your function ask for more than which entry of a row is the largest?",
        ),
    ),
    function("count_errors", "How many are wrong", rule=Agrees(scalar=True)).checks(
        check("example", "Three small examples", 6)
        .examples(
            (np.array([1, 2, 3, 4]), np.array([1, 2, 3, 5])),
            (np.array([7, 0, 7]), np.array([0, 7, 1])),
            (np.array([9, 8]), np.array([9, 8])),
        )
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "Compare the digits place by place, and count the places where they differ.",
        ),
        check("drawn", "Any digits", 7, Drawn(answers(column=False), 20)).says(
            "Right for all digits that were tried.",
            "There are digits for which the count is not right.",
            "Count by hand in how many places of this example the two differ.",
        ),
        check("column", "Right digits in a column", 7, Drawn(answers(column=True), 20), needs="example").says(
            "Right for columns of shape (m, 1) too, as they come in the file.",
            "If the right digits come as a column of shape (m, 1), the count is not right.",
            "Comparing an array (m,) with a column (m, 1) gives a table (m, m). Bring both into one shape first.",
        ),
    ),
    runtime="tensorflow",
    seed=45,
)
