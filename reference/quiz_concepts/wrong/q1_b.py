"""One rate or many: One for each layer."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "Two parameters of the same layer may need quite different steps."

answers = {"q1": "b", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
