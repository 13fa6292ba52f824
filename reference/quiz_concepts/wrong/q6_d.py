"""A small step: 18."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "Is the input counted twice?"

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "d"}
