"""Quiz: optimizers and layer types.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.lab import *

ASSIGNMENT = lab(
    "quiz_concepts",
    "Quiz: optimizers and layer types",
    quiz("answers", "Your answers", markers=("quiz_concepts",)).checks(
        choice(
            "q1", "One rate or many", 17, "How many learning rates does Adam keep for a model with 10,575 parameters?"
        ).among(
            wrong("One", "That is plain gradient descent."),
            wrong("One for each layer", "Two parameters of the same layer may need quite different steps."),
            right("One for each parameter"),
            wrong("None, it needs no rate", "You still give it a rate to begin with."),
            why="Adam adapts a rate of its own for every parameter, from the size of its recent gradients.",
        ),
        choice(
            "q2",
            "Always the same direction",
            17,
            "A parameter moved in the same direction for many steps. What does Adam do about its rate?",
        ).among(
            right("It makes the rate larger"),
            wrong("It makes the rate smaller", "Smaller steps help where a parameter swings back and forth."),
            wrong(
                "It sets the rate to 0", "Then the parameter would stay where it is, though there is still a way to go."
            ),
            wrong("It changes nothing", "That is what plain gradient descent does."),
            why="If it keeps going the same way it can go faster.",
        ),
        choice(
            "q3", "What a convolutional unit sees", 17, "What does one unit of a convolutional layer take as its input?"
        ).among(
            wrong("All outputs of the layer before", "That is a Dense layer."),
            right("A part of the outputs of the layer before"),
            wrong("The labels", "Labels are needed for the loss; no layer sees them."),
            wrong("The outputs of its own layer", "Units of one layer do not look at each other here."),
            why="It looks at a window of the layer before it, and at nothing else.",
        ),
        choice(
            "q4",
            "Why windows help",
            17,
            "Which are reasons for a convolutional layer instead of a Dense one?",
            partial="per_option",
        ).among(
            wrong("It needs no activation", "Without an activation it is linear, just as Dense is."),
            right("It is faster to compute"),
            wrong("It has more weights", "Count them: a window has few weights, and shares them."),
            right("It needs less training data"),
            why="Fewer weights mean less to compute and less to overfit with.",
        ),
        choice(
            "q5", "Backwards", 16, "Why does back-propagation go from the loss to the inputs and not the other way?"
        ).among(
            wrong(
                "The loss is not known until the end, so nothing else is possible",
                "Derivatives can be carried forwards as well. It is a question of how much work that is.",
            ),
            wrong("It saves memory", "It needs more: the values of the walk forwards have to be kept."),
            wrong("It avoids the chain rule", "It is the chain rule, applied node by node."),
            right("One walk gives all derivatives"),
            why="One walk backwards gives the derivative of the loss for every parameter; forwards, each parameter "
            "would need a walk of its own.",
        ),
        choice(
            "q6", "A small step", 16, "J = (w x + b - y)^2 / 2 with w = 2, x = 3, b = 1, y = 5. What is dJ/dw?"
        ).among(
            wrong("2", "2 is the error, and the derivative for b. Which number multiplies w?"),
            wrong("3", "3 is x alone. The error belongs to it as a factor."),
            right("6"),
            wrong("18", "Is the input counted twice?"),
            why="The error w x + b - y is 2, and the factor of w is x = 3: together 6.",
        ),
    ),
)
