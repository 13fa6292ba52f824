"""The right answers to the quiz. Graded like a submission; never enters a room."""

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
