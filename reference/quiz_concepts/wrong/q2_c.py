"""Always the same direction: It sets the rate to 0."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Then the parameter would stay where it is, though there is still a way to go."

answers = {"q1": "c", "q2": "c", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
