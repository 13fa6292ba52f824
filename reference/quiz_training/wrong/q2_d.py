"""The other name: Perceptron loss."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "The perceptron counts how far on the wrong side of a line a point lies."

answers = {"q1": "b", "q2": "d", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
