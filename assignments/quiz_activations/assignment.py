"""Quiz: activation functions.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.lab import *

ASSIGNMENT = lab(
    "quiz_activations",
    "Quiz: activation functions",
    quiz("answers", "Your answers", markers=("quiz_activations",)).checks(
        choice(
            "q1",
            "Why ReLU is fast",
            17,
            "Hidden layers mostly use ReLU today. Why does a network with ReLU often learn faster than one "
            "with sigmoid?",
        ).among(
            right("ReLU is flat on one side only, sigmoid on both"),
            wrong("ReLU gives probabilities", "ReLU has no upper end, so its values are no probabilities."),
            wrong("ReLU has no flat part at all", "Look at the left of 0 once more."),
            wrong(
                "ReLU needs fewer weights",
                "The number of weights depends on the widths of the layers, not on the activation.",
            ),
            why="Where the curve is flat the gradient is close to 0 and learning crawls. ReLU is flat on the left "
            "only, sigmoid on both sides.",
        ),
        choice(
            "q2",
            "No activation anywhere",
            17,
            "All layers of a deep network are linear. What can the whole network compute?",
        ).among(
            wrong("Anything, if it is deep enough", "Depth helps only if something bends the line in between."),
            wrong("Polynomials", "A product of inputs never appears, however many layers there are."),
            right("No more than linear regression"),
            wrong("No more than logistic regression", "For that it would need a sigmoid at the end."),
            why="A linear function of a linear function is linear, so all the layers together are worth one.",
        ),
        choice("q3", "A yes-or-no output", 17, "The label is 0 or 1. Which activation suits the output unit?").among(
            wrong("Linear", "A linear unit may answer 17 or -3, which is no probability."),
            right("Sigmoid"),
            wrong("ReLU", "ReLU never goes below 0, but it goes far above 1."),
            wrong("Step", "A step is flat everywhere, so gradient descent gets no direction from it."),
            why="Sigmoid lies between 0 and 1, and so can be read as the probability of a 1.",
        ),
        choice(
            "q4",
            "A price that rises or falls",
            17,
            "The output is the change of a share price from one day to the next. Which activation suits "
            "the output unit?",
        ).among(
            right("Linear"),
            wrong("Sigmoid", "Sigmoid stays between 0 and 1. Can a price fall?"),
            wrong("ReLU", "ReLU is never negative. Can a price fall?"),
            wrong("Softmax", "Softmax shares out probabilities among classes; here a number is asked for."),
            why="The change may be any number, above or below 0, and that is what a linear unit gives.",
        ),
        choice(
            "q5",
            "A number of visitors",
            16,
            "The output is the number of visitors to a shop: never negative, with no upper end. Which activation "
            "suits the output unit best?",
        ).among(
            wrong("Sigmoid", "No more than one visitor would ever come."),
            wrong("Tanh", "Tanh lies between -1 and 1."),
            right("ReLU"),
            wrong("Linear", "A linear unit can do it, but it may also predict fewer than 0 visitors."),
            why="ReLU gives 0 and everything above, and nothing below.",
        ),
        choice("q6", "Facts about ReLU", 16, "Which statements about ReLU are true?", partial="per_option").among(
            wrong("ReLU(-2) is -2", "On the left of 0, ReLU does not let anything through."),
            right("Its slope is 1 for positive z"),
            wrong("Its values lie between 0 and 1", "For z = 5 it is 5."),
            right("It is 0 for every negative z"),
            why="ReLU(z) is the larger of 0 and z: 0 on the left, with slope 0, and z on the right, with slope 1.",
        ),
    ),
)
