"""Quiz: optimizers and layer types.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.assignment import Assignment
from grader.checks.choice import ChoiceCheck, ChoiceExercise

QUESTIONS = (
    ChoiceCheck(
        id="q1",
        title="One rate or many",
        points=17,
        text="How many learning rates does Adam keep for a model with 10,575 parameters?",
        options={
            "a": "One",
            "b": "One for each layer",
            "c": "One for each parameter",
            "d": "None, it needs no rate",
        },
        right="c",
        why="Adam adapts a rate of its own for every parameter, from the size of its recent gradients.",
        feedback={
            "a": "That is plain gradient descent.",
            "b": "Two parameters of the same layer may need quite different steps.",
            "d": "You still give it a rate to begin with.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q2",
        title="Always the same direction",
        points=17,
        text="A parameter moved in the same direction for many steps. What does Adam do about its rate?",
        options={
            "a": "It makes the rate larger",
            "b": "It makes the rate smaller",
            "c": "It sets the rate to 0",
            "d": "It changes nothing",
        },
        right="a",
        why="If it keeps going the same way it can go faster.",
        feedback={
            "b": "Smaller steps help where a parameter swings back and forth.",
            "c": "Then the parameter would stay where it is, though there is still a way to go.",
            "d": "That is what plain gradient descent does.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q3",
        title="What a convolutional unit sees",
        points=17,
        text="What does one unit of a convolutional layer take as its input?",
        options={
            "a": "All outputs of the layer before",
            "b": "A part of the outputs of the layer before",
            "c": "The labels",
            "d": "The outputs of its own layer",
        },
        right="b",
        why="It looks at a window of the layer before it, and at nothing else.",
        feedback={
            "a": "That is a Dense layer.",
            "c": "Labels are needed for the loss; no layer sees them.",
            "d": "Units of one layer do not look at each other here.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q4",
        title="Why windows help",
        points=17,
        text="Which are reasons for a convolutional layer instead of a Dense one?",
        options={
            "a": "It needs no activation",
            "b": "It is faster to compute",
            "c": "It has more weights",
            "d": "It needs less training data",
        },
        right={"b", "d"},
        multiple=True,
        partial="per_option",
        why="Fewer weights mean less to compute and less to overfit with.",
        feedback={
            "a": "Without an activation it is linear, just as Dense is.",
            "c": "Count them: a window has few weights, and shares them.",
        },
        hint="Several options may be right, and each has to be marked.",
    ),
    ChoiceCheck(
        id="q5",
        title="Backwards",
        points=16,
        text="Why does back-propagation go from the loss to the inputs and not the other way?",
        options={
            "a": "The loss is not known until the end, so nothing else is possible",
            "b": "It saves memory",
            "c": "It avoids the chain rule",
            "d": "One walk gives all derivatives",
        },
        right="d",
        why=(
            "One walk backwards gives the derivative of the loss for every parameter; forwards, each "
            "parameter would need a walk of its own."
        ),
        feedback={
            "a": "Derivatives can be carried forwards as well. It is a question of how much work that is.",
            "b": "It needs more: the values of the walk forwards have to be kept.",
            "c": "It is the chain rule, applied node by node.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q6",
        title="A small step",
        points=16,
        text="J = (w x + b - y)^2 / 2 with w = 2, x = 3, b = 1, y = 5. What is dJ/dw?",
        options={
            "a": "2",
            "b": "3",
            "c": "6",
            "d": "18",
        },
        right="c",
        why="The error w x + b - y is 2, and the factor of w is x = 3: together 6.",
        feedback={
            "a": "2 is the error, and the derivative for b. Which number multiplies w?",
            "b": "3 is x alone. The error belongs to it as a factor.",
            "d": "Is the input counted twice?",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
)

ASSIGNMENT = Assignment(
    id="quiz_concepts",
    title="Quiz: optimizers and layer types",
    version="1",
    exercises=(
        ChoiceExercise(
            id="answers", title="Your answers", target="answers", markers=("quiz_concepts",), checks=QUESTIONS
        ),
    ),
)
