"""A yes-or-no output: ReLU."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "ReLU never goes below 0, but it goes far above 1."

answers = {"q1": "a", "q2": "c", "q3": "c", "q4": "a", "q5": "c", "q6": {"b", "d"}}
