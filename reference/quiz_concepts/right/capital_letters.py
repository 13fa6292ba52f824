"""Capital letters, and lists where several options are right."""

EXERCISE = "answers"

answers = {"q1": "C", "q2": "A", "q3": "B", "q4": ["b", "d"], "q5": "D", "q6": "C"}
