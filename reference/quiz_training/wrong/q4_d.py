"""What compile decides: Which examples are used."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "The examples are handed to fit."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"d"}, "q5": "b", "q6": "a"}
