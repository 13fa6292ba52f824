"""Facts about ReLU: ReLU(-2) is -2."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "On the left of 0, ReLU does not let anything through."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"a"}}
