"""A price that rises or falls: Softmax."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "Softmax shares out probabilities among classes; here a number is asked for."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "d", "q5": "c", "q6": {"b", "d"}}
