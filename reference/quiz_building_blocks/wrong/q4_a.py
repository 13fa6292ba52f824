"""Which initialisation for ReLU: 1."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "The sum of n such products grows with n, layer after layer."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "a", "q5": "b", "q6": "a", "q7": {"a", "d"}}
