"""Capital letters, and lists where several options are right."""

EXERCISE = "answers"

answers = {"q1": "D", "q2": "B", "q3": "A", "q4": "C", "q5": "B", "q6": "A", "q7": ["a", "d"]}
