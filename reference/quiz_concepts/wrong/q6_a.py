"""A small step: 2."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "2 is the error, and the derivative for b. Which number multiplies w?"

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "a"}
