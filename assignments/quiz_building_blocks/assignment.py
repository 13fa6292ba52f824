"""Quiz: building blocks.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.assignment import Assignment
from grader.checks.choice import ChoiceCheck, ChoiceExercise

QUESTIONS = (
    ChoiceCheck(
        id="q1",
        title="What one perceptron cannot",
        points=15,
        text="Which of these can a single perceptron not compute?",
        options={
            "a": "AND",
            "b": "OR",
            "c": "NOT",
            "d": "XOR",
        },
        right="d",
        why="No straight line separates (0, 1) and (1, 0) from (0, 0) and (1, 1).",
        feedback={
            "a": "A threshold that only the sum of all ones reaches is enough.",
            "b": "A threshold that a single one reaches is enough.",
            "c": "A negative weight and a positive bias are enough.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q2",
        title="A dead unit",
        points=15,
        text="A ReLU unit answers 0 to every example. What happens to its weights in training?",
        options={
            "a": "They grow without end",
            "b": "They stay as they are",
            "c": "They are drawn anew",
            "d": "They become negative at once",
        },
        right="b",
        why="Where ReLU is flat its gradient is 0, so nothing moves the weights again.",
        feedback={
            "a": "What would move them? Look at the gradient.",
            "c": "Nothing in training does that.",
            "d": "For any change there has to be a gradient that is not 0.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q3",
        title="All weights zero",
        points=14,
        text="All weights of a hidden layer begin at the same value. What is the trouble?",
        options={
            "a": "All units of the layer learn the same",
            "b": "The cost is infinite",
            "c": "The biases cannot be learned",
            "d": "Training becomes too fast",
        },
        right="a",
        why=(
            "Units that begin alike get the same gradient and stay alike for ever, so many are worth no more than one."
        ),
        feedback={
            "b": "The cost is an ordinary number.",
            "c": "The biases learn; the units just do not become different.",
            "d": "The trouble is not speed.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q4",
        title="Which initialisation for ReLU",
        points=14,
        text="Which variance suits the first weights of a layer of ReLU units with n inputs?",
        options={
            "a": "1",
            "b": "1/n",
            "c": "2/n",
            "d": "n",
        },
        right="c",
        why="He's rule takes 2/n, since half of the inputs of ReLU are cut off.",
        feedback={
            "a": "The sum of n such products grows with n, layer after layer.",
            "b": "That keeps the variance of linear units. ReLU cuts off about half of them.",
            "d": "The more inputs, the smaller each weight should be.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q5",
        title="Dropout after training",
        points=14,
        text="What does a Dropout layer do when the trained model predicts?",
        options={
            "a": "It drops units as in training",
            "b": "It passes everything on",
            "c": "It drops all units",
            "d": "It halves the outputs",
        },
        right="b",
        why="When predicting, all units take part; the scaling was done during training.",
        feedback={
            "a": "Then the same picture would get another answer each time.",
            "c": "Nothing would be left to predict with.",
            "d": "With inverted dropout, the outputs were scaled up in training already.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q6",
        title="Max pooling",
        points=14,
        text="A window of 2 x 2 holds 1, 3, 0, 2. What do max pooling and average pooling give?",
        options={
            "a": "3 and 1.5",
            "b": "3 and 6",
            "c": "6 and 1.5",
            "d": "2 and 1.5",
        },
        right="a",
        why="The largest is 3, and 6 / 4 is 1.5.",
        feedback={
            "b": "6 is the sum. How many entries were added?",
            "c": "The largest entry is asked for first, not the sum.",
            "d": "2 is the last entry, not the largest.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q7",
        title="Without the top",
        points=14,
        text="A model pre-trained on pictures is loaded with `include_top=False`. Which statements are true?",
        options={
            "a": "Its last layers, which name the old classes, are left out",
            "b": "Its first layers are left out",
            "c": "Its weights are frozen",
            "d": "Layers of one's own can follow",
        },
        right={"a", "d"},
        multiple=True,
        partial="per_option",
        why="The top is the part that knows the old classes; leaving it out makes room for layers of one's own.",
        feedback={
            "b": "The first layers see edges and colours, which are just what one wants to keep.",
            "c": "Whether weights learn is said with `trainable`.",
        },
        hint="Several options may be right, and each has to be marked.",
    ),
)

ASSIGNMENT = Assignment(
    id="quiz_building_blocks",
    title="Quiz: building blocks",
    version="1",
    exercises=(
        ChoiceExercise(
            id="answers", title="Your answers", target="answers", markers=("quiz_building_blocks",), checks=QUESTIONS
        ),
    ),
)
