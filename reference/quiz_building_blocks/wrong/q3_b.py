"""All weights zero: The cost is infinite."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "The cost is an ordinary number."

answers = {"q1": "d", "q2": "b", "q3": "b", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
