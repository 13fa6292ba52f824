"""A number of visitors: Tanh."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "Tanh lies between -1 and 1."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "b", "q6": {"b", "d"}}
