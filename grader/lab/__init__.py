"""What an `assignment.py` is written with: the one door for authors. `from grader.lab import check, function, lab`.

A check is a question plus a rule, what it is worth, and what students read of it:

    check("sums", "The probabilities sum to one", 4, calls(vectors()), Holds(sums_to_one), needs="drawn").says(
        "The entries sum to 1.", "The entries do not sum to 1.", "Does the sum reach every entry?"
    )

`function(...).checks(...)` makes an exercise of such checks; so do `model`, `trained`, `trains`, `value`, `quiz`
and `work`, whose checks are cells of asserts.
Inputs that many labs draw stand in `drawing.py`, claims and readings that they share in `claims.py`. A lab that
writes a network by hand, layer by layer, imports `grader.lab.networks` as well. Nothing is asked or judged here.
"""

from grader.course.assignment import Assignment, CallShape, Check, Exercise, ToMark, Visibility
from grader.judging.aspects import Aspect
from grader.judging.cells import CourseCell, Passes
from grader.judging.choice import Chooses
from grader.judging.compare import Numbers, Tolerance, as_numbers, difference
from grader.judging.compiled import Compiled, Penalty
from grader.judging.examination import Fault
from grader.judging.figures import Draws
from grader.judging.inputs import Drawn, Examples, calls, examples, vectors
from grader.judging.kinds import IsA
from grader.judging.layers import AnyLayer, DenseLayer
from grader.judging.question import Question, Reaction
from grader.judging.refusals import Raises, refused
from grader.judging.rules import Agrees, AgreesIn, Holds, HoldsOfAll, LeavesArguments, Repeats, Rule, differing, told
from grader.judging.tables import Tabular
from grader.judging.texts import HasWords, Mentions, mentions
from grader.judging.timing import Bounded
from grader.judging.training import Goal, TrainedModel, TrainingData
from grader.judging.value import Equals, IsTrue, Shaped
from grader.lab.cells_beside import cells_of
from grader.lab.claims import named_parts, sums_to_one, zeros_and_ones
from grader.lab.drawing import (
    Arguments,
    Call,
    SearchStrategy,
    block,
    label_row,
    labels,
    one_of_each,
    unlike,
    unlike_pair,
    whole,
)
from grader.lab.exercises import (
    Outline,
    cell,
    choice,
    dense,
    function,
    lab,
    model,
    quiz,
    remark,
    right,
    session,
    text,
    trained,
    trains,
    value,
    work,
    wrong,
)
from grader.lab.figures import figure
from grader.lab.objects import (
    asks,
    does,
    draws,
    expression,
    gives,
    history,
    item,
    kind,
    lent,
    make,
    prints,
    reads,
    silently,
    that,
)
from grader.lab.values import category, formula, frame, frames, series, tensor
from grader.lab.writing import Draft, check
from grader.limits import RoomLimits
from grader.wall.protocol import Raised, Returned
from grader.wall.values import Table, Value, freeze

__all__ = [
    "Agrees",
    "AgreesIn",
    "AnyLayer",
    "Arguments",
    "Aspect",
    "Assignment",
    "Bounded",
    "Call",
    "CallShape",
    "Check",
    "Chooses",
    "Compiled",
    "CourseCell",
    "DenseLayer",
    "Draft",
    "Drawn",
    "Draws",
    "Equals",
    "Examples",
    "Exercise",
    "Fault",
    "Goal",
    "HasWords",
    "Holds",
    "HoldsOfAll",
    "IsA",
    "IsTrue",
    "LeavesArguments",
    "Mentions",
    "Numbers",
    "Outline",
    "Passes",
    "Penalty",
    "Question",
    "Raised",
    "Raises",
    "Reaction",
    "Repeats",
    "Returned",
    "RoomLimits",
    "Rule",
    "SearchStrategy",
    "Shaped",
    "Table",
    "Tabular",
    "ToMark",
    "Tolerance",
    "TrainedModel",
    "TrainingData",
    "Value",
    "Visibility",
    "as_numbers",
    "asks",
    "block",
    "calls",
    "category",
    "cell",
    "cells_of",
    "check",
    "choice",
    "dense",
    "difference",
    "differing",
    "does",
    "draws",
    "examples",
    "expression",
    "figure",
    "formula",
    "frame",
    "frames",
    "freeze",
    "function",
    "gives",
    "history",
    "item",
    "kind",
    "lab",
    "label_row",
    "labels",
    "lent",
    "make",
    "mentions",
    "model",
    "named_parts",
    "one_of_each",
    "prints",
    "quiz",
    "reads",
    "refused",
    "remark",
    "right",
    "series",
    "session",
    "silently",
    "sums_to_one",
    "tensor",
    "text",
    "that",
    "told",
    "trained",
    "trains",
    "unlike",
    "unlike_pair",
    "value",
    "vectors",
    "whole",
    "work",
    "wrong",
    "zeros_and_ones",
]
