"""Why windows help: It needs no activation."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "Without an activation it is linear, just as Dense is."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"a"}, "q5": "d", "q6": "c"}
