"""Backwards: It avoids the chain rule."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "It is the chain rule, applied node by node."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "c", "q6": "c"}
