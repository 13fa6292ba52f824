"""Backwards: It saves memory."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "It needs more: the values of the walk forwards have to be kept."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "b", "q6": "c"}
