"""Facts about ReLU: Its values lie between 0 and 1."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "For z = 5 it is 5."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"c"}}
