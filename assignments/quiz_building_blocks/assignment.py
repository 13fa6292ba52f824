"""Quiz: building blocks.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.lab import *

ASSIGNMENT = lab(
    "quiz_building_blocks",
    "Quiz: building blocks",
    quiz("answers", "Your answers", markers=("quiz_building_blocks",)).checks(
        choice("q1", "What one perceptron cannot", 15, "Which of these can a single perceptron not compute?").among(
            wrong("AND", "A threshold that only the sum of all ones reaches is enough."),
            wrong("OR", "A threshold that a single one reaches is enough."),
            wrong("NOT", "A negative weight and a positive bias are enough."),
            right("XOR"),
            why="No straight line separates (0, 1) and (1, 0) from (0, 0) and (1, 1).",
        ),
        choice(
            "q2", "A dead unit", 15, "A ReLU unit answers 0 to every example. What happens to its weights in training?"
        ).among(
            wrong("They grow without end", "What would move them? Look at the gradient."),
            right("They stay as they are"),
            wrong("They are drawn anew", "Nothing in training does that."),
            wrong("They become negative at once", "For any change there has to be a gradient that is not 0."),
            why="Where ReLU is flat its gradient is 0, so nothing moves the weights again.",
        ),
        choice(
            "q3", "All weights zero", 14, "All weights of a hidden layer begin at the same value. What is the trouble?"
        ).among(
            right("All units of the layer learn the same"),
            wrong("The cost is infinite", "The cost is an ordinary number."),
            wrong("The biases cannot be learned", "The biases learn; the units just do not become different."),
            wrong("Training becomes too fast", "The trouble is not speed."),
            why="Units that begin alike get the same gradient and stay alike for ever, so many are worth no more "
            "than one.",
        ),
        choice(
            "q4",
            "Which initialisation for ReLU",
            14,
            "Which variance suits the first weights of a layer of ReLU units with n inputs?",
        ).among(
            wrong("1", "The sum of n such products grows with n, layer after layer."),
            wrong("1/n", "That keeps the variance of linear units. ReLU cuts off about half of them."),
            right("2/n"),
            wrong("n", "The more inputs, the smaller each weight should be."),
            why="He's rule takes 2/n, since half of the inputs of ReLU are cut off.",
        ),
        choice(
            "q5", "Dropout after training", 14, "What does a Dropout layer do when the trained model predicts?"
        ).among(
            wrong("It drops units as in training", "Then the same picture would get another answer each time."),
            right("It passes everything on"),
            wrong("It drops all units", "Nothing would be left to predict with."),
            wrong("It halves the outputs", "With inverted dropout, the outputs were scaled up in training already."),
            why="When predicting, all units take part; the scaling was done during training.",
        ),
        choice(
            "q6", "Max pooling", 14, "A window of 2 x 2 holds 1, 3, 0, 2. What do max pooling and average pooling give?"
        ).among(
            right("3 and 1.5"),
            wrong("3 and 6", "6 is the sum. How many entries were added?"),
            wrong("6 and 1.5", "The largest entry is asked for first, not the sum."),
            wrong("2 and 1.5", "2 is the last entry, not the largest."),
            why="The largest is 3, and 6 / 4 is 1.5.",
        ),
        choice(
            "q7",
            "Without the top",
            14,
            "A model pre-trained on pictures is loaded with `include_top=False`. Which statements are true?",
            partial="per_option",
        ).among(
            right("Its last layers, which name the old classes, are left out"),
            wrong(
                "Its first layers are left out",
                "The first layers see edges and colours, which are just what one wants to keep.",
            ),
            wrong("Its weights are frozen", "Whether weights learn is said with `trainable`."),
            right("Layers of one's own can follow"),
            why="The top is the part that knows the old classes; leaving it out makes room for layers of one's own.",
        ),
    ),
)
