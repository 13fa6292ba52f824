"""Quiz: activation functions.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.assignment import Assignment
from grader.checks.choice import ChoiceCheck, ChoiceExercise

QUESTIONS = (
    ChoiceCheck(
        id="q1",
        title="Why ReLU is fast",
        points=17,
        text=(
            "Hidden layers mostly use ReLU today. Why does a network with ReLU often learn faster than "
            "one with sigmoid?"
        ),
        options={
            "a": "ReLU is flat on one side only, sigmoid on both",
            "b": "ReLU gives probabilities",
            "c": "ReLU has no flat part at all",
            "d": "ReLU needs fewer weights",
        },
        right="a",
        why=(
            "Where the curve is flat the gradient is close to 0 and learning crawls. ReLU is flat on the "
            "left only, sigmoid on both sides."
        ),
        feedback={
            "b": "ReLU has no upper end, so its values are no probabilities.",
            "c": "Look at the left of 0 once more.",
            "d": "The number of weights depends on the widths of the layers, not on the activation.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q2",
        title="No activation anywhere",
        points=17,
        text="All layers of a deep network are linear. What can the whole network compute?",
        options={
            "a": "Anything, if it is deep enough",
            "b": "Polynomials",
            "c": "No more than linear regression",
            "d": "No more than logistic regression",
        },
        right="c",
        why="A linear function of a linear function is linear, so all the layers together are worth one.",
        feedback={
            "a": "Depth helps only if something bends the line in between.",
            "b": "A product of inputs never appears, however many layers there are.",
            "d": "For that it would need a sigmoid at the end.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q3",
        title="A yes-or-no output",
        points=17,
        text="The label is 0 or 1. Which activation suits the output unit?",
        options={
            "a": "Linear",
            "b": "Sigmoid",
            "c": "ReLU",
            "d": "Step",
        },
        right="b",
        why="Sigmoid lies between 0 and 1, and so can be read as the probability of a 1.",
        feedback={
            "a": "A linear unit may answer 17 or -3, which is no probability.",
            "c": "ReLU never goes below 0, but it goes far above 1.",
            "d": "A step is flat everywhere, so gradient descent gets no direction from it.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q4",
        title="A price that rises or falls",
        points=17,
        text=(
            "The output is the change of a share price from one day to the next. Which activation suits "
            "the output unit?"
        ),
        options={
            "a": "Linear",
            "b": "Sigmoid",
            "c": "ReLU",
            "d": "Softmax",
        },
        right="a",
        why="The change may be any number, above or below 0, and that is what a linear unit gives.",
        feedback={
            "b": "Sigmoid stays between 0 and 1. Can a price fall?",
            "c": "ReLU is never negative. Can a price fall?",
            "d": "Softmax shares out probabilities among classes; here a number is asked for.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q5",
        title="A number of visitors",
        points=16,
        text=(
            "The output is the number of visitors to a shop: never negative, with no upper end. Which "
            "activation suits the output unit best?"
        ),
        options={
            "a": "Sigmoid",
            "b": "Tanh",
            "c": "ReLU",
            "d": "Linear",
        },
        right="c",
        why="ReLU gives 0 and everything above, and nothing below.",
        feedback={
            "a": "No more than one visitor would ever come.",
            "b": "Tanh lies between -1 and 1.",
            "d": "A linear unit can do it, but it may also predict fewer than 0 visitors.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q6",
        title="Facts about ReLU",
        points=16,
        text="Which statements about ReLU are true?",
        options={
            "a": "ReLU(-2) is -2",
            "b": "Its slope is 1 for positive z",
            "c": "Its values lie between 0 and 1",
            "d": "It is 0 for every negative z",
        },
        right={"b", "d"},
        multiple=True,
        partial="per_option",
        why="ReLU(z) is the larger of 0 and z: 0 on the left, with slope 0, and z on the right, with slope 1.",
        feedback={
            "a": "On the left of 0, ReLU does not let anything through.",
            "c": "For z = 5 it is 5.",
        },
        hint="Several options may be right, and each has to be marked.",
    ),
)

ASSIGNMENT = Assignment(
    id="quiz_activations",
    title="Quiz: activation functions",
    version="1",
    exercises=(
        ChoiceExercise(
            id="answers", title="Your answers", target="answers", markers=("quiz_activations",), checks=QUESTIONS
        ),
    ),
)
