"""The other name: Absolute loss."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Absolute loss is the distance between two numbers and has no logarithm."

answers = {"q1": "b", "q2": "b", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
