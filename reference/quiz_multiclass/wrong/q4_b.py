"""Why from_logits: The outputs are then probabilities."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = (
    "It is the other way round: the outputs are then sums, and softmax has to be applied to read them as probabilities."
)

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "b", "q5": "a", "q6": {"a", "c"}}
