"""A small step: 3."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "3 is x alone. The error belongs to it as a factor."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "b"}
