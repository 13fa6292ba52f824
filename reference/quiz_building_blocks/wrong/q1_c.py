"""What one perceptron cannot: NOT."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "A negative weight and a positive bias are enough."

answers = {"q1": "c", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
