"""The right answers to the quiz. Graded like a submission; never enters a room."""

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
