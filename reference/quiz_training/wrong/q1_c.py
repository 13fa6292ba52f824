"""The loss for yes or no: Sparse categorical cross-entropy."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "That one compares several classes with each other. Here there is a single yes-or-no question."

answers = {"q1": "c", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
