"""Dropout after training: It drops all units."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "Nothing would be left to predict with."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "c", "q6": "a", "q7": {"a", "d"}}
