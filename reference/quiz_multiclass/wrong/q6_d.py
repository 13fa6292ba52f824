"""Sparse or one-hot: The two losses give different values."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "They are two ways to hand over the same label."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "d", "q5": "a", "q6": {"d"}}
