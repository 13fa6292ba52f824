"""What a convolutional unit sees: The labels."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "Labels are needed for the loss; no layer sees them."

answers = {"q1": "c", "q2": "a", "q3": "c", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
