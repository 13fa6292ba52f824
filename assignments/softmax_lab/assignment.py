"""The softmax lab: the loss and the cost by hand, two ways to train with them, and what to do with the outputs.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/softmax_lab/`. The blobs
that a trained network is judged with are drawn here and never enter a room with their labels.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

CENTRES = np.array([[-5.0, 2.0], [-2.0, -2.0], [1.0, 2.0], [5.0, -2.0]])

#: ten epochs take two to three seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=30)

#: TensorFlow's own softmax and losses compute in single precision
SINGLE = Tolerance(relative=1e-4, absolute=1e-5)

#: the pair may come as a list or an array
RANGE = Agrees(reading=lambda pair, *_: tuple(pair), parts=("smallest", "largest"))


def held_blobs(seed: int) -> TrainingData:
    """400 fresh points (400, 2) around the four centres, with standard deviation 1, and their classes (400,)."""
    rng = np.random.default_rng(seed + 1000)
    classes = rng.permutation(np.arange(400) % 4)
    return TrainingData(held=(CENTRES[classes] + rng.normal(size=(400, 2)), classes))


def are_logits(outputs: Numbers, labels: Numbers) -> bool:
    """Whether the outputs go far below 0 and far above 1, as sums do and probabilities cannot."""
    del labels
    return bool(outputs.min() < -0.5 and outputs.max() > 1.5)


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return unlike_pair().flatmap(lambda shape: one_of_each(*shape))


def logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of a linear layer for m examples and N classes."""
    return unlike_pair().flatmap(lambda shape: block(*shape))


def labelled_logits() -> Call:
    """Z (m, N) and y (m,)."""
    return unlike_pair().flatmap(lambda shape: st.tuples(block(*shape), labels(*shape)))


def _shares(parts: list[int]) -> Numbers:
    return np.array(parts) / sum(parts)


def labelled_probabilities() -> Call:
    """a (N,) of probabilities that sum to 1, none of them 0, and one class."""
    parts = st.lists(st.integers(1, 9), min_size=2, max_size=5).filter(lambda found: len(set(found)) > 1)
    return parts.flatmap(lambda found: st.tuples(st.just(_shares(found)), st.integers(0, len(found) - 1)))


def labelled_classes() -> Call:
    """y (m,) and a number of classes that is larger than any of y."""
    return unlike_pair().flatmap(lambda shape: st.tuples(labels(*shape), st.just(shape[1])))


def is_of_truths(reaction: Reaction) -> bool:
    """Whether the answer is made of True and False."""
    numbers = as_numbers(reaction.answer.value) if isinstance(reaction.answer, Returned) else None
    return numbers is not None and numbers.dtype.kind == "b"


ASSIGNMENT = lab(
    "softmax_lab",
    "Softmax: its loss, and two ways to train with it",
    function("softmax_loss", "The loss of one example", rule=Agrees(tolerance=SINGLE, scalar=True)).checks(
        check("example", "Three small examples", 6)
        .examples((np.array([0.5, 0.25, 0.25]), 1), (np.array([0.1, 0.2, 0.3, 0.4]), 3), (np.array([0.75, 0.25]), 0))
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "Only one of the probabilities has a say: that of the right class. Classes are counted from 0.",
        ),
        check("drawn", "Any probabilities", 6, Drawn(labelled_probabilities(), 25)).says(
            "Right for all probabilities that were tried.",
            "There are probabilities for which the loss is not right.",
            "Which entry of `a` belongs to class y? The loss is made of that one alone.",
        ),
    ),
    function("softmax_cost", "The cost of all examples", rule=Agrees(tolerance=SINGLE, scalar=True)).checks(
        check("example", "Two small examples", 6)
        .examples(
            (np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]), np.array([2, 0])),
            (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]), np.array([0, 0, 1])),
        )
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "Softmax of each row first, then the loss of each row. This cost is their sum, not their mean.",
        ),
        check("drawn", "Any numbers of examples and classes", 10, Drawn(labelled_logits(), 25)).says(
            "Right for all outputs and classes that were tried.",
            "There are outputs and classes for which the cost is not right.",
            "Work out the loss of each row of this small example by hand and add them up.",
        ),
    ),
    function(
        "one_hot",
        "Classes as rows of zeros and a one",
        rule=Agrees(reading=zeros_and_ones),
        remarks=(
            (
                remark(
                    "one_hot gives True and False. They count as 1 and 0 here; write numbers where the text has "
                    "numbers.",
                    examples((np.array([1, 0]), 2)),
                    applies=is_of_truths,
                ),
            )
        ),
    ).checks(
        check("example", "Two small examples", 5, examples((np.array([2, 0, 1, 2]), 3), (np.array([1, 0]), 4))).says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "One row for each example, one column for each class. Where in its row does the 1 of class 2 stand?",
        ),
        check("drawn", "Any classes", 7, Drawn(labelled_classes(), 20)).says(
            "Right for all classes that were tried.",
            "There are classes for which the answer is not right.",
            "The highest class need not occur among the examples; its column is there all the same.",
        ),
    ),
    trained("model", "The obvious model", data=held_blobs, loss="sparse_crossentropy", limits=ENOUGH).checks(
        check("probabilities", "Its outputs are probabilities", 3)
        .asks(
            Goal(
                "computes",
                hints={
                    "no probabilities": "In this model the last layer itself makes probabilities of its sums. Which "
                    "activation does that?"
                },
            )
        )
        .says(
            "For every point the four outputs are probabilities.",
            "The model does not turn points into four probabilities.",
            "`model` is a Sequential of Dense layers for points of two numbers, with one output per class.",
        ),
        check("learns", "It has learned something", 4, Goal("learns", 0.5), needs="probabilities").says(
            "Its loss on new points is far below that of the best constant answer.",
            "It does hardly better on new points than a model that gives the same answer to all of them.",
            "Is the model compiled and fitted, with the classes as they come in y_train?",
        ),
        check("loss", "A loss of 0.2 or less on new points", 4, Goal("loss", 0.2), needs="learns").says(
            "The loss on 400 new points is 0.2 or less.",
            "The loss on 400 new points is above 0.2.",
            "It learns, but not enough. How many epochs did you give it, and at which learning rate?",
        ),
        check("accuracy", "92 % of new points", 4, Goal("accuracy", 0.92), needs="learns").says(
            "At least 92 % of 400 new points are put into the right class.",
            "Less than 92 % of 400 new points are put into the right class.",
            "Look at the loss that fit prints: does it still fall in the last epoch?",
        ),
    ),
    trained(
        "preferred_model", "The preferred model", data=held_blobs, loss="sparse_crossentropy_from_logits", limits=ENOUGH
    ).checks(
        check("computes", "Four outputs for each point", 2, Goal("computes")).says(
            "The model takes points of two numbers and gives four outputs for each.",
            "The model does not give four outputs for each point.",
            "`preferred_model` is a Sequential of Dense layers, with one output per class.",
        ),
        check("logits", "Its outputs are not squeezed", 4, Goal("claim", claim=are_logits), needs="computes").says(
            "The outputs range over negative and large numbers, as those of a linear layer do.",
            "The outputs do not range over negative and large numbers, as those of a trained linear layer do.",
            "In this model the last layer is linear: softmax moves into the loss.",
        ),
        check("learns", "It has learned something", 4, Goal("learns", 0.5), needs="computes").says(
            "Its loss on new points is far below that of the best constant answer.",
            "It does hardly better on new points than a model that gives the same answer to all of them.",
            "Is the model compiled and fitted? The loss has to be told that it gets no probabilities.",
        ),
        check("loss", "A loss of 0.2 or less on new points", 5, Goal("loss", 0.2), needs=("learns", "logits")).says(
            "With softmax inside the loss, the loss on 400 new points is 0.2 or less.",
            "With softmax inside the loss, the loss on 400 new points is above 0.2.",
            "It learns, but not enough. How many epochs did you give it, and at which learning rate?",
        ),
        check("accuracy", "92 % of new points", 5, Goal("accuracy", 0.92), needs="computes").says(
            "At least 92 % of 400 new points have their largest output at the right class.",
            "Less than 92 % of 400 new points have their largest output at the right class.",
            "Look at the loss that fit prints: does it still fall in the last epoch?",
        ),
    ),
    function("output_range", "The range of the outputs", rule=RANGE).checks(
        check("example", "Two small examples", 2)
        .examples((np.array([[0.5, 0.25], [0.75, 1.0]]),), (np.array([[-1.5, 2.0, 0.5], [4.0, -3.0, 1.0]]),))
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "Two numbers are asked, about all outputs together: first the smallest, then the largest.",
        ),
        check("drawn", "Any outputs", 3, calls(logits(), count=15)).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the range is not right.",
            "Look for the smallest and the largest number of this small table yourself, over all rows.",
        ),
    ),
    function("to_probabilities", "From outputs to probabilities", rule=Agrees(tolerance=SINGLE)).checks(
        check("example", "Two small examples", 4)
        .examples((np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]),), (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]),))
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "Each row is an example of its own, and its probabilities sum to 1.",
        ),
        check("drawn", "Any numbers of examples and classes", 6, calls(logits(), count=25)).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the probabilities are not right.",
            "Along which axis does the sum run, and does each row get divided by its own?",
        ),
    ),
    function("categories", "From outputs to classes").checks(
        check("example", "Two small examples", 4)
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
            "Any numbers of examples and classes",
            6,
            calls(distinct_logits(), count=25),
        ).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the classes are not right.",
            "How many classes should come out for this table: one for each row, or one for each column?",
        ),
    ),
    runtime="tensorflow",
    seed=43,
)
