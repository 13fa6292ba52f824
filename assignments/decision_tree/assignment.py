"""The decision tree lab: entropy, a split, what a split gains, and the feature to split by.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/decision_tree/`. A blank
template returns 0, two empty lists and -1, which are right somewhere: checks where they are need another one.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

#: features (m, n) of zeros and ones, labels (m,), and the examples of a node
Node = tuple[Numbers, Numbers, list[int]]


def yes_and_no(low: int = 1, high: int = 6) -> SearchStrategy[Numbers]:
    """Labels of a node, from `low` to `high` of each kind."""
    count = st.integers(low, high)
    return st.tuples(count, count).flatmap(lambda n: st.permutations([0] * n[0] + [1] * n[1])).map(np.array)


@st.composite
def nodes(draw: st.DrawFn) -> Node:
    """A node that holds some of the examples, so that places in it are other numbers than the indices of examples."""
    m, n = draw(st.integers(4, 10)), draw(st.integers(2, 4))
    bits = draw(st.lists(st.integers(0, 1), min_size=m * (n + 1), max_size=m * (n + 1)))
    X, y = np.array(bits[: m * n]).reshape(m, n), np.array(bits[m * n :])
    order = draw(st.permutations(range(m)))
    return X, y, sorted(order[: draw(st.integers(2, m - 1))])


def splits() -> Call:
    """A node and a feature by which some of its examples go left and some right."""
    both = nodes().flatmap(lambda node: st.tuples(st.just(node), st.integers(0, node[0].shape[1] - 1)))
    return both.filter(lambda drawn: 0 < drawn[0][0][drawn[0][2], drawn[1]].mean() < 1).map(
        lambda drawn: (drawn[0][0], drawn[0][2], drawn[1])
    )


def informative() -> Call:
    """A node and a feature that gains at least 0.01."""
    both = nodes().flatmap(lambda node: st.tuples(st.just(node), st.integers(0, node[0].shape[1] - 1)))
    return both.filter(lambda drawn: gains(drawn[0])[drawn[1]] > 0.01).map(lambda drawn: (*drawn[0], drawn[1]))


def decided() -> Call:
    """A node of which one feature gains clearly more than every other: equal ones may be named in any order."""
    return nodes().filter(lambda node: np.subtract(*np.sort(gains(node))[[-1, -2]]) > 0.01)


def gains(node: Node) -> list[float]:
    """What each feature gains at this node. It decides which nodes may be drawn; no answer is compared with it."""
    X, y, at = node

    def bits(labels: Numbers) -> float:
        shares = np.bincount(labels) / max(len(labels), 1)
        return float(-sum(share * np.log2(share) for share in shares if share))

    left = [X[at, feature] == 1 for feature in range(X.shape[1])]
    return [bits(y[at]) - g.mean() * bits(y[at][g]) - (1 - g.mean()) * bits(y[at][~g]) for g in left]


def as_sides(answer: Any, *_: Any) -> list[list[int]]:
    """Both sides of a split as sorted lists: a tree does not ask for an order, nor for lists in place of arrays."""
    left, right = answer
    return [
        sorted(np.asarray(side).astype(int, casting="safe").tolist()) if len(side) else [] for side in (left, right)
    ]


# Ten mushrooms: brown cap, tapering stalk, solitary; whether one may eat them.
X = np.array(
    [[1, 1, 1], [1, 0, 1], [1, 0, 0], [1, 0, 0], [1, 1, 1], [0, 1, 1], [0, 0, 0], [1, 0, 1], [0, 1, 0], [1, 0, 0]]
)
Y = np.array([1, 1, 0, 0, 1, 0, 0, 1, 1, 0])
ROOT = list(range(10))
SAME = np.array([[1, 0], [1, 0], [1, 0], [1, 0]])
MIXED = np.array([1, 0, 1, 1])

ASSIGNMENT = lab(
    "decision_tree",
    "A decision tree, one split at a time",
    function(
        "compute_entropy", "Entropy of a node", rule=Agrees(scalar=True), markers=("compute_entropy", "UNQ_C1")
    ).checks(
        check("example", "Three nodes of mushrooms", 7)
        .examples((Y,), (np.array([1, 0, 0, 0]),), (np.array([1, 1, 0]),))
        .says(hint="Which share of the labels is 1? Work the two logarithms out by hand for one edible out of four."),
        check("drawn", "Nodes of any size", 8, Drawn(st.tuples(yes_and_no()), 25)).says(
            hint="Half and half is one bit, and every other mixture is less. Which base has the logarithm?"
        ),
        check("pure", "Nodes of one kind", 3, needs="drawn")
        .examples((np.array([1, 1, 1]),), (np.array([0, 0]),), (np.array([1]),), (np.array([0]),))
        .says(
            "Nodes with labels of one kind have the entropy 0.",
            "For a node with labels of one kind the answer is not 0.",
            "The logarithm of 0 is no number. What is left to find out in a node of one kind?",
        ),
        check("empty", "An empty node", 2, needs="drawn")
        .examples((np.array([], dtype=np.int64),))
        .says(
            "An empty node has the entropy 0.",
            "For an empty node the answer is not 0.",
            "A split can leave one side empty. Which number do you divide by there?",
        ),
    ),
    function("split_dataset", "A split", rule=Agrees(reading=as_sides), markers=("split_dataset", "UNQ_C2")).checks(
        check("example", "The mushrooms, split in three ways", 7)
        .examples((X, ROOT, 0), (X, [2, 5, 7, 9], 2), (X, [1, 3, 6, 8], 1))
        .says(hint="Go through the indices one by one: is the feature of that mushroom 1, or 0?"),
        check("drawn", "Any node, any feature", 9, Drawn(splits(), 25)).says(
            hint="Does your answer hold indices of examples, and only those that are in the node?"
        ),
        check("one_side", "All on one side", 4, needs="drawn")
        .examples((SAME, [0, 1, 3], 0), (SAME, [2, 3], 1), (X, [6], 0))
        .says(
            "Where all examples are alike, the other side is empty.",
            "Where all examples are alike, a side is not right.",
            "A side to which no example goes is an empty list.",
        ),
    ),
    function(
        "compute_information_gain",
        "What a split gains",
        rule=Agrees(scalar=True),
        markers=("compute_information_gain", "UNQ_C3"),
        depends_on=("compute_entropy", "split_dataset"),
    ).checks(
        check("example", "The three features of the mushrooms", 10)
        .examples((X, Y, ROOT, 0), (X, Y, ROOT, 1), (X, Y, ROOT, 2))
        .says(hint="Take the entropy before the split. How large a part of the node goes to each side?"),
        check("drawn", "Any node, any feature", 14, Drawn(informative(), 25)).says(
            hint="Are all three entropies those of examples in this node, and does each side count with its share?"
        ),
        check("nothing", "A feature that is the same for all", 6, needs="drawn")
        .examples((SAME, MIXED, [0, 1, 2, 3], 0), (SAME, MIXED, [1, 3], 1), (X, Y, [0, 1, 4], 0))
        .says(
            "A split that leaves one side empty gains nothing.",
            "For a split that leaves one side empty the answer is not 0.",
            "One side holds everything, the other nothing. What are their shares?",
        ),
    ),
    function(
        "get_best_split",
        "The best feature",
        rule=Agrees(scalar=True),
        markers=("get_best_split", "UNQ_C4"),
        depends_on=("compute_information_gain",),
    ).checks(
        check("example", "Three nodes of mushrooms", 10)
        .examples((X, Y, ROOT), (X, Y, [0, 2, 3, 4, 6, 8]), (X, Y, [0, 1, 5, 6, 7]))
        .says(hint="Write down what each feature gains at this node. Which of them is the largest?"),
        check("drawn", "Nodes with a clear winner", 14, Drawn(decided(), 25)).says(
            hint="Are all features looked at, the first and the last as well? The answer is an index, and no gain."
        ),
        check("nothing", "Nothing to gain", 6, needs="drawn")
        .examples((X, Y, [0, 1, 4, 7]), (SAME, MIXED, [0, 1, 2, 3]), (X, Y, [2, 3, 6]))
        .says(
            "Where no feature gains anything, the answer is -1.",
            "Where no feature gains anything, the answer is not -1.",
            "A node that is pure is a leaf. What does your function return if every gain is 0?",
        ),
    ),
    seed=2718281829,
)
