"""A price that rises or falls: ReLU."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "ReLU is never negative. Can a price fall?"

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "c", "q5": "c", "q6": {"b", "d"}}
