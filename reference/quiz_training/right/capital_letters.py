"""Capital letters, and lists where several options are right."""

EXERCISE = "answers"

answers = {"q1": "B", "q2": "C", "q3": "D", "q4": ["a", "c"], "q5": "B", "q6": "A"}
