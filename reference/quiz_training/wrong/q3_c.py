"""The line that learns: model.predict(X)."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "predict uses the weights as they are."

answers = {"q1": "b", "q2": "c", "q3": "c", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
