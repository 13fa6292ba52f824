"""Quiz: training a neural network.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.assignment import Assignment
from grader.checks.choice import ChoiceCheck, ChoiceExercise

QUESTIONS = (
    ChoiceCheck(
        id="q1",
        title="The loss for yes or no",
        points=17,
        text="A network answers yes or no: is this picture a zero? Which loss belongs to it?",
        options={
            "a": "Mean squared error",
            "b": "Binary cross-entropy",
            "c": "Sparse categorical cross-entropy",
            "d": "Hinge loss",
        },
        right="b",
        why="Binary cross-entropy is the logistic loss: it compares one probability with a label of 0 or 1.",
        feedback={
            "a": (
                "Squared error is at home where a number is predicted. For a probability it learns slowly"
                " when the answer is badly wrong."
            ),
            "c": "That one compares several classes with each other. Here there is a single yes-or-no question.",
            "d": "Hinge works on a margin and wants labels of -1 and 1, not a probability.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q2",
        title="The other name",
        points=17,
        text="Binary cross-entropy is known by a second name. Which?",
        options={
            "a": "Softmax loss",
            "b": "Absolute loss",
            "c": "Logistic loss",
            "d": "Perceptron loss",
        },
        right="c",
        why="Logistic loss and binary cross-entropy are the same formula: -y log(a) - (1 - y) log(1 - a).",
        feedback={
            "a": "Softmax loss is about more than two classes.",
            "b": "Absolute loss is the distance between two numbers and has no logarithm.",
            "d": "The perceptron counts how far on the wrong side of a line a point lies.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q3",
        title="The line that learns",
        points=17,
        text="In Keras, which of these calls changes the weights so that the cost becomes smaller?",
        options={
            "a": "model = Sequential([...])",
            "b": "model.compile(loss=..., optimizer=...)",
            "c": "model.predict(X)",
            "d": "model.fit(X, y, epochs=100)",
        },
        right="d",
        why="fit runs the optimizer: epoch after epoch it computes gradients and takes steps.",
        feedback={
            "a": "This line lays out the layers. The weights get their first values, and learn nothing.",
            "b": "compile says what will be minimised and how. It takes no step itself.",
            "c": "predict uses the weights as they are.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q4",
        title="What compile decides",
        points=17,
        text="Which two things does `model.compile` settle?",
        options={
            "a": "Which loss is minimised",
            "b": "How many units each layer has",
            "c": "Which optimizer takes the steps",
            "d": "Which examples are used",
        },
        right={"a", "c"},
        multiple=True,
        partial="all_or_nothing",
        why=(
            "compile names the loss and the optimizer (and metrics to watch). Layers were settled before,"
            " data comes with fit."
        ),
        feedback={
            "b": "The widths stand in the layers themselves, before compile is called.",
            "d": "The examples are handed to fit.",
        },
        hint="Several options may be right, and each has to be marked.",
    ),
    ChoiceCheck(
        id="q5",
        title="One epoch",
        points=16,
        text="A training set has 5,000 examples and the batch size is 50. How many gradient steps make one epoch?",
        options={
            "a": "50",
            "b": "100",
            "c": "5,000",
            "d": "1",
        },
        right="b",
        why="5,000 / 50 = 100 batches, and each batch is one step.",
        feedback={
            "a": "50 is the size of a batch. How many of those does it take to see every example once?",
            "c": "That would be one step for every single example, a batch size of 1.",
            "d": "One step for each epoch would mean that all examples are one batch.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q6",
        title="Loss and cost",
        points=16,
        text="What is the difference between loss and cost, as the course uses the words?",
        options={
            "a": "The loss is about one example, the cost about all of them",
            "b": "The loss is for classes, the cost for numbers",
            "c": "The cost is the loss after training",
            "d": "There is none",
        },
        right="a",
        why="The loss belongs to one example; the cost is the average of the losses over the training set.",
        feedback={
            "b": "Both words are used for classes as well as for numbers.",
            "c": "Both can be computed at any moment, before training too.",
            "d": "They are close relatives, but one of them is an average over many of the other.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
)

ASSIGNMENT = Assignment(
    id="quiz_training",
    title="Quiz: training a neural network",
    version="1",
    exercises=(
        ChoiceExercise(
            id="answers", title="Your answers", target="answers", markers=("quiz_training",), checks=QUESTIONS
        ),
    ),
)
