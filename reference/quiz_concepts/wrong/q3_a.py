"""What a convolutional unit sees: All outputs of the layer before."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "That is a Dense layer."

answers = {"q1": "c", "q2": "a", "q3": "a", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
