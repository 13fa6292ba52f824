"""A number of visitors: Sigmoid."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "No more than one visitor would ever come."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "a", "q6": {"b", "d"}}
