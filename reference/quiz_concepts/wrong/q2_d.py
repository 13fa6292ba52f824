"""Always the same direction: It changes nothing."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "That is what plain gradient descent does."

answers = {"q1": "c", "q2": "d", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
