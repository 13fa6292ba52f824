"""Judging: what can be asked, the rules that answers are held to, and the words for what is wrong. Trusted side only.

A new question or rule is one class in a file, and one row here: what an assignment may be written with, proofs and
tests go through these tables. The engine knows none of them.
"""

from typing import Final

from grader.judging.answer_key import Key, answered, drawn, prepare, small_cases
from grader.judging.aspects import Aspect
from grader.judging.cells import CourseCell, Passes
from grader.judging.choice import Answers, Chooses
from grader.judging.engine import examine
from grader.judging.examination import Ask, Examination, Subject
from grader.judging.figures import Draws
from grader.judging.inputs import Drawn, Examples
from grader.judging.kinds import IsA
from grader.judging.model import ModelDescription
from grader.judging.question import Misconception, Question, Solutions
from grader.judging.refusals import Raises, Refused
from grader.judging.rules import Agrees, AgreesIn, Holds, HoldsOfAll, LeavesArguments, Repeats, Rule
from grader.judging.texts import HasWords, Mentions
from grader.judging.timing import Bounded
from grader.judging.training import Goal, TrainedModel, TrainingFunction
from grader.judging.value import BoundValue, Equals, IsTrue, Shaped

QUESTIONS: Final[tuple[type[Question], ...]] = (
    Examples,
    Drawn,
    Refused,
    BoundValue,
    Answers,
    ModelDescription,
    TrainedModel,
    TrainingFunction,
    CourseCell,
)
RULES: Final[tuple[type[Rule], ...]] = (
    Agrees,
    AgreesIn,
    Bounded,
    Holds,
    HoldsOfAll,
    LeavesArguments,
    Repeats,
    Raises,
    IsA,
    Draws,
    HasWords,
    Mentions,
    Equals,
    IsTrue,
    Shaped,
    Chooses,
    Aspect,
    Goal,
    Passes,
)

__all__ = [
    "QUESTIONS",
    "RULES",
    "Ask",
    "Examination",
    "Key",
    "Misconception",
    "Question",
    "Rule",
    "Solutions",
    "Subject",
    "answered",
    "drawn",
    "examine",
    "prepare",
    "small_cases",
]
