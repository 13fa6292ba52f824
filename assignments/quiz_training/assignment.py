"""Quiz: training a neural network.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.lab import *

ASSIGNMENT = lab(
    "quiz_training",
    "Quiz: training a neural network",
    quiz("answers", "Your answers", markers=("quiz_training",)).checks(
        choice(
            "q1",
            "The loss for yes or no",
            17,
            "A network answers yes or no: is this picture a zero? Which loss belongs to it?",
        ).among(
            wrong(
                "Mean squared error",
                "Squared error is at home where a number is predicted. For a probability it learns slowly when "
                "the answer is badly wrong.",
            ),
            right("Binary cross-entropy"),
            wrong(
                "Sparse categorical cross-entropy",
                "That one compares several classes with each other. Here there is a single yes-or-no question.",
            ),
            wrong("Hinge loss", "Hinge works on a margin and wants labels of -1 and 1, not a probability."),
            why="Binary cross-entropy is the logistic loss: it compares one probability with a label of 0 or 1.",
        ),
        choice("q2", "The other name", 17, "Binary cross-entropy is known by a second name. Which?").among(
            wrong("Softmax loss", "Softmax loss is about more than two classes."),
            wrong("Absolute loss", "Absolute loss is the distance between two numbers and has no logarithm."),
            right("Logistic loss"),
            wrong("Perceptron loss", "The perceptron counts how far on the wrong side of a line a point lies."),
            why="Logistic loss and binary cross-entropy are the same formula: -y log(a) - (1 - y) log(1 - a).",
        ),
        choice(
            "q3",
            "The line that learns",
            17,
            "In Keras, which of these calls changes the weights so that the cost becomes smaller?",
        ).among(
            wrong(
                "model = Sequential([...])",
                "This line lays out the layers. The weights get their first values, and learn nothing.",
            ),
            wrong(
                "model.compile(loss=..., optimizer=...)",
                "compile says what will be minimised and how. It takes no step itself.",
            ),
            wrong("model.predict(X)", "predict uses the weights as they are."),
            right("model.fit(X, y, epochs=100)"),
            why="fit runs the optimizer: epoch after epoch it computes gradients and takes steps.",
        ),
        choice(
            "q4", "What compile decides", 17, "Which two things does `model.compile` settle?", partial="all_or_nothing"
        ).among(
            right("Which loss is minimised"),
            wrong(
                "How many units each layer has", "The widths stand in the layers themselves, before compile is called."
            ),
            right("Which optimizer takes the steps"),
            wrong("Which examples are used", "The examples are handed to fit."),
            why="compile names the loss and the optimizer (and metrics to watch). Layers were settled before, data "
            "comes with fit.",
        ),
        choice(
            "q5",
            "One epoch",
            16,
            "A training set has 5,000 examples and the batch size is 50. How many gradient steps make one epoch?",
        ).among(
            wrong("50", "50 is the size of a batch. How many of those does it take to see every example once?"),
            right("100"),
            wrong("5,000", "That would be one step for every single example, a batch size of 1."),
            wrong("1", "One step for each epoch would mean that all examples are one batch."),
            why="5,000 / 50 = 100 batches, and each batch is one step.",
        ),
        choice(
            "q6", "Loss and cost", 16, "What is the difference between loss and cost, as the course uses the words?"
        ).among(
            right("The loss is about one example, the cost about all of them"),
            wrong(
                "The loss is for classes, the cost for numbers",
                "Both words are used for classes as well as for numbers.",
            ),
            wrong("The cost is the loss after training", "Both can be computed at any moment, before training too."),
            wrong("There is none", "They are close relatives, but one of them is an average over many of the other."),
            why="The loss belongs to one example; the cost is the average of the losses over the training set.",
        ),
    ),
)
