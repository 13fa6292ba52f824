"""Max pooling: 3 and 6."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "6 is the sum. How many entries were added?"

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "b", "q7": {"a", "d"}}
