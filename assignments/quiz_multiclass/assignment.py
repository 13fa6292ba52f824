"""Quiz: more than two classes.

Every question is one check; the feedback on each wrong option is there to teach.
"""

from grader.lab import *

ASSIGNMENT = lab(
    "quiz_multiclass",
    "Quiz: more than two classes",
    quiz("answers", "Your answers", markers=("quiz_multiclass",)).checks(
        choice("q1", "The sum", 17, "A softmax layer has four outputs. What do they add up to?").among(
            wrong("4", "Each of them would have to be 1 then; they share one certainty among them."),
            right("1"),
            wrong("It depends on the weights", "The single outputs depend on the weights. What were they divided by?"),
            wrong("0", "Every output is a positive number."),
            why="Every output is a share of the same sum, so together they are 1.",
        ),
        choice(
            "q2",
            "Label 3",
            17,
            "There are four classes, and softmax gave a_1, a_2, a_3, a_4. The label is 3. What is the loss of this "
            "example?",
        ).among(
            wrong(
                "-log a_1 - log a_2 - log a_3 - log a_4",
                "Only one of the four probabilities is that of the right class.",
            ),
            wrong(
                "log a_3",
                "Look at the sign: a probability below 1 has a negative logarithm, and a loss is not negative.",
            ),
            right("-log a_3"),
            wrong("1 - a_3", "That would fall with a_3 too, but the loss of softmax is a logarithm."),
            why="Only the probability of the right class counts: its loss is -log a_3.",
        ),
        choice(
            "q3",
            "A certain and wrong network",
            17,
            "The label is 2 and the network gives class 2 a probability of 0.001. What is the loss like?",
        ).among(
            right("Large"),
            wrong("Close to 0", "Close to 0 is the loss of a network that is right and sure of it."),
            wrong("Exactly 0.999", "The loss is the negative logarithm of the probability, not its distance from 1."),
            wrong("Negative", "A probability is at most 1, so -log of it is at least 0."),
            why="-log 0.001 is about 6.9: the surer of something wrong, the larger the loss.",
        ),
        choice(
            "q4",
            "Why from_logits",
            17,
            "Why is a linear output layer with `from_logits=True` in the loss preferred to a softmax output layer?",
        ).among(
            wrong("It needs fewer weights", "Softmax has no weights of its own."),
            wrong(
                "The outputs are then probabilities",
                "It is the other way round: the outputs are then sums, and softmax has to be applied to read "
                "them as probabilities.",
            ),
            wrong("Softmax cannot be differentiated", "It can; the question is how exactly the numbers come out."),
            right("The numbers come out more exact"),
            why="The loss sees the sums themselves and can rearrange the formula, so that huge and tiny powers "
            "do no harm.",
        ),
        choice(
            "q5",
            "Reading the answer",
            16,
            "A model with a linear output layer of 10 units predicts. How does one get the most likely class?",
        ).among(
            right("Take the place of the largest output"),
            wrong("Take the largest output", "That is how large it is. The class is where it stands."),
            wrong(
                "Take the first output above 0.5",
                "These outputs are no probabilities, and several may be above 0.5, or none.",
            ),
            wrong("Round the sum of the outputs", "The sum says nothing about which of them is the largest."),
            why="Softmax keeps the order, so the largest sum belongs to the largest probability.",
        ),
        choice(
            "q6",
            "Sparse or one-hot",
            16,
            "Labels are whole numbers from 0 to 9, one for each example. Which statements are true?",
            partial="per_option",
        ).among(
            right("SparseCategoricalCrossentropy takes them as they are"),
            wrong(
                "CategoricalCrossentropy takes them as they are",
                "It expects a row of ten numbers for each label, nine of them 0.",
            ),
            right("As one-hot rows they would have shape (m, 10)"),
            wrong("The two losses give different values", "They are two ways to hand over the same label."),
            why="Sparse categorical cross-entropy takes the number of the class; categorical cross-entropy takes "
            "one-hot rows. The loss is the same.",
        ),
    ),
)
