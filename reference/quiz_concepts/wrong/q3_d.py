"""What a convolutional unit sees: The outputs of its own layer."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "Units of one layer do not look at each other here."

answers = {"q1": "c", "q2": "a", "q3": "d", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
