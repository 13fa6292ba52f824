"""A dead unit: They become negative at once."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "For any change there has to be a gradient that is not 0."

answers = {"q1": "d", "q2": "d", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
