"""One rate or many: None, it needs no rate."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "You still give it a rate to begin with."

answers = {"q1": "d", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
