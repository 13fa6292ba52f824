"""One rate or many: One."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "That is plain gradient descent."

answers = {"q1": "a", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
