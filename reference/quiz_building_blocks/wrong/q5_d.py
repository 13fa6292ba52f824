"""Dropout after training: It halves the outputs."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "With inverted dropout, the outputs were scaled up in training already."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "d", "q6": "a", "q7": {"a", "d"}}
