"""Dropout after training: It drops units as in training."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "Then the same picture would get another answer each time."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "a", "q6": "a", "q7": {"a", "d"}}
