"""The sum: 0."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "Every output is a positive number."

answers = {"q1": "d", "q2": "c", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
