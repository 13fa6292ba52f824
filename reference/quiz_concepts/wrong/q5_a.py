"""Backwards: The loss is not known until the end, so nothing else is possible."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "Derivatives can be carried forwards as well. It is a question of how much work that is."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "a", "q6": "c"}
