"""The line that learns: model.compile(loss=..., optimizer=...)."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "compile says what will be minimised and how. It takes no step itself."

answers = {"q1": "b", "q2": "c", "q3": "b", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
