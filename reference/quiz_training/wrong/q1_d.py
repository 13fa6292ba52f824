"""The loss for yes or no: Hinge loss."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "Hinge works on a margin and wants labels of -1 and 1, not a probability."

answers = {"q1": "d", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
