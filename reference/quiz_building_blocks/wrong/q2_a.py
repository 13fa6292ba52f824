"""A dead unit: They grow without end."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "What would move them? Look at the gradient."

answers = {"q1": "d", "q2": "a", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
