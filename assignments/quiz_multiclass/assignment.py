"""Quiz: more than two classes.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.assignment import Assignment
from grader.checks.choice import ChoiceCheck, ChoiceExercise

QUESTIONS = (
    ChoiceCheck(
        id="q1",
        title="The sum",
        points=17,
        text="A softmax layer has four outputs. What do they add up to?",
        options={
            "a": "4",
            "b": "1",
            "c": "It depends on the weights",
            "d": "0",
        },
        right="b",
        why="Every output is a share of the same sum, so together they are 1.",
        feedback={
            "a": "Each of them would have to be 1 then; they share one certainty among them.",
            "c": "The single outputs depend on the weights. What were they divided by?",
            "d": "Every output is a positive number.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q2",
        title="Label 3",
        points=17,
        text=(
            "There are four classes, and softmax gave a_1, a_2, a_3, a_4. The label is 3. What is the "
            "loss of this example?"
        ),
        options={
            "a": "-log a_1 - log a_2 - log a_3 - log a_4",
            "b": "log a_3",
            "c": "-log a_3",
            "d": "1 - a_3",
        },
        right="c",
        why="Only the probability of the right class counts: its loss is -log a_3.",
        feedback={
            "a": "Only one of the four probabilities is that of the right class.",
            "b": "Look at the sign: a probability below 1 has a negative logarithm, and a loss is not negative.",
            "d": "That would fall with a_3 too, but the loss of softmax is a logarithm.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q3",
        title="A certain and wrong network",
        points=17,
        text="The label is 2 and the network gives class 2 a probability of 0.001. What is the loss like?",
        options={
            "a": "Large",
            "b": "Close to 0",
            "c": "Exactly 0.999",
            "d": "Negative",
        },
        right="a",
        why="-log 0.001 is about 6.9: the surer of something wrong, the larger the loss.",
        feedback={
            "b": "Close to 0 is the loss of a network that is right and sure of it.",
            "c": "The loss is the negative logarithm of the probability, not its distance from 1.",
            "d": "A probability is at most 1, so -log of it is at least 0.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q4",
        title="Why from_logits",
        points=17,
        text=("Why is a linear output layer with `from_logits=True` in the loss preferred to a softmax output layer?"),
        options={
            "a": "It needs fewer weights",
            "b": "The outputs are then probabilities",
            "c": "Softmax cannot be differentiated",
            "d": "The numbers come out more exact",
        },
        right="d",
        why=(
            "The loss sees the sums themselves and can rearrange the formula, so that huge and tiny powers do no harm."
        ),
        feedback={
            "a": "Softmax has no weights of its own.",
            "b": (
                "It is the other way round: the outputs are then sums, and softmax has to be applied to "
                "read them as probabilities."
            ),
            "c": "It can; the question is how exactly the numbers come out.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q5",
        title="Reading the answer",
        points=16,
        text="A model with a linear output layer of 10 units predicts. How does one get the most likely class?",
        options={
            "a": "Take the place of the largest output",
            "b": "Take the largest output",
            "c": "Take the first output above 0.5",
            "d": "Round the sum of the outputs",
        },
        right="a",
        why="Softmax keeps the order, so the largest sum belongs to the largest probability.",
        feedback={
            "b": "That is how large it is. The class is where it stands.",
            "c": "These outputs are no probabilities, and several may be above 0.5, or none.",
            "d": "The sum says nothing about which of them is the largest.",
        },
        hint="Read the options once more, and think of a small example for each.",
    ),
    ChoiceCheck(
        id="q6",
        title="Sparse or one-hot",
        points=16,
        text="Labels are whole numbers from 0 to 9, one for each example. Which statements are true?",
        options={
            "a": "SparseCategoricalCrossentropy takes them as they are",
            "b": "CategoricalCrossentropy takes them as they are",
            "c": "As one-hot rows they would have shape (m, 10)",
            "d": "The two losses give different values",
        },
        right={"a", "c"},
        multiple=True,
        partial="per_option",
        why=(
            "Sparse categorical cross-entropy takes the number of the class; categorical cross-entropy "
            "takes one-hot rows. The loss is the same."
        ),
        feedback={
            "b": "It expects a row of ten numbers for each label, nine of them 0.",
            "d": "They are two ways to hand over the same label.",
        },
        hint="Several options may be right, and each has to be marked.",
    ),
)

ASSIGNMENT = Assignment(
    id="quiz_multiclass",
    title="Quiz: more than two classes",
    version="1",
    exercises=(
        ChoiceExercise(
            id="answers", title="Your answers", target="answers", markers=("quiz_multiclass",), checks=QUESTIONS
        ),
    ),
)
