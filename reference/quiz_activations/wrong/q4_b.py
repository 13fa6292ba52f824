"""A price that rises or falls: Sigmoid."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "Sigmoid stays between 0 and 1. Can a price fall?"

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "b", "q5": "c", "q6": {"b", "d"}}
