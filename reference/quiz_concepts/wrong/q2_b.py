"""Always the same direction: It makes the rate smaller."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Smaller steps help where a parameter swings back and forth."

answers = {"q1": "c", "q2": "b", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
