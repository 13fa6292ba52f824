"""A certain and wrong network: Negative."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "A probability is at most 1, so -log of it is at least 0."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": "d", "q5": "a", "q6": {"a", "c"}}
