"""All weights zero: Training becomes too fast."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "The trouble is not speed."

answers = {"q1": "d", "q2": "b", "q3": "d", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
